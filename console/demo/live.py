"""New messages while the demo runs: a thread that lives the customers' and some agents' part.

Customers write through the simulated provider, agents use the commands like people do. Who signs
in is answered by the customer they write to.
"""

from __future__ import annotations

import contextlib
import heapq
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from console.actions import Assign, Command, MarkRead, Outcome, Receive, Reply, Resolve, run
from console.demo.phrasebook import Stage
from console.demo.voice import Customer, Voice
from console.domain.agent import Acting, Role, a_contact
from console.domain.errors import RuleError
from console.domain.ids import SECOND, Instant, new_id, now
from console.store import people
from console.store.contacts import contact_by_address, latest_conversation
from console.store.outgoing import newest_message, outgoing_after
from console.store.rows import load_contacts, load_conversations
from console.store.work import Store

_LOG: Final = logging.getLogger(__name__)
_TICK_S: Final = 0.5
_NEW_EVERY_S: Final = 25.0  # a new conversation, on average
_ANSWER_S: Final = (6.0, 20.0)  # a customer answers a person who signed in
_ANSWERED_SHARE: Final = 0.85
_AGENT_S: Final = (12.0, 70.0)
_CUSTOMER_S: Final = (6.0, 60.0)
_BURST_S: Final = (2.0, 9.0)
_BURST_SHARE: Final = 0.3
_LEFT_ALONE: Final = 0.2
_RETURN_SHARE: Final = 0.1
_RETURN_S: Final = (60.0, 400.0)
_MOST_TURNS: Final = 5


Speak = Callable[[int, Customer, str], None]
"""A customer writes to an instance."""


@dataclass(slots=True)
class _Talk:
    """A conversation the simulation leads; `agent` is None until one answers."""

    customer: Customer
    instance_id: int
    turns_left: int
    agent: Acting | None


@dataclass(order=True, slots=True)
class _Due:
    """Something to do at an instant."""

    at: Instant
    number: int
    act: Callable[[], None] = field(compare=False)


class LiveTraffic:
    """The demo's living part; `start` begins it, `stop` ends it."""

    def __init__(
        self,
        store: Store,
        seed: int = 1,
        clock: Callable[[], Instant] = now,
        speak: Speak | None = None,
    ) -> None:
        self._store, self._clock = store, clock
        self._speak = speak or self._receive
        self._voice = Voice(seed)
        self._chance = self._voice.chance
        self._due: list[_Due] = []
        self._made = 0
        self._own: set[int] = set()  # messages of simulated agents
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._live, name="demo-traffic", daemon=True)
        with store.read() as connection:
            self._seen = newest_message(connection)
            self._instances = [i.id for i in people.instances(connection, only_active=True)]
            self._agents = [
                a.id
                for a in people.agents(connection, only_active=True)
                if a.role is Role.AGENT and not a.can_sign_in
            ]

    def begin(self) -> None:
        """Expect the first customer."""
        self._in(self._between(1, 5), self._new_customer)

    def start(self) -> None:
        """Begin in a thread of its own."""
        self.begin()
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    def wait(self, seconds: float) -> bool:
        """Sleep, or until it is stopped; whether it is."""
        return self._stopped.wait(seconds)

    def stop(self) -> None:
        """End within a second."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def step(self) -> int:
        """Do what is due, and hear what people wrote; gives how many things were done."""
        self._hear()
        done = 0
        while self._due and self._due[0].at <= self._clock():
            due = heapq.heappop(self._due)
            # A person may have been faster, or the conversation may be gone: the talk ends.
            with contextlib.suppress(RuleError):
                due.act()
            done += 1
        return done

    def _live(self) -> None:
        while not self._stopped.wait(_TICK_S):
            try:
                self.step()
            except Exception:  # noqa: BLE001 - the traffic goes on; nobody waits for a step
                _LOG.exception("demo traffic: a step failed")

    # -- what customers do ------------------------------------------------------------------

    def _new_customer(self) -> None:
        """Somebody new writes, and the next one is awaited."""
        self._in(self._chance.expovariate(1 / _NEW_EVERY_S), self._new_customer)
        talk = _Talk(
            customer=self._voice.meet(self._clock()),
            instance_id=self._chance.choice(self._instances),
            turns_left=self._chance.randint(1, _MOST_TURNS),
            agent=self._free_agent(),
        )
        self._customer_writes(talk, Stage.OPEN)

    def _customer_writes(self, talk: _Talk, stage: Stage) -> None:
        """One message of the customer; more of them, or an agent's answer, may follow."""
        text = self._voice.say(stage, talk.customer)
        self._speak(talk.instance_id, talk.customer, text)
        if self._chance.random() < _BURST_SHARE:
            self._in(self._between(*_BURST_S), lambda: self._customer_writes(talk, Stage.DETAIL))
        elif talk.agent and not (stage is Stage.OPEN and self._chance.random() < _LEFT_ALONE):
            self._in(self._between(*_AGENT_S), lambda: self._agent_answers(talk, stage))

    # -- what simulated agents do -----------------------------------------------------------

    def _agent_answers(self, talk: _Talk, asked: Stage) -> None:
        """The agent takes the conversation and answers, then resolves it or is answered."""
        agent = talk.agent
        conversation_id = self._conversation(talk)
        if agent is None or not conversation_id or not self._is_still_free(conversation_id, agent):
            return
        if talk.turns_left <= 0:
            self._run(MarkRead(), [conversation_id], agent)
            self._run(Resolve(), [conversation_id], agent)
            if self._chance.random() < _RETURN_SHARE:
                self._in(self._between(*_RETURN_S), lambda: self._comes_back(talk))
            return
        talk.turns_left -= 1
        stage = Stage.FIRST if asked is Stage.OPEN else Stage.STEP
        stage = Stage.DONE if not talk.turns_left else stage
        text = self._voice.say(stage, talk.customer, agent.name.split()[0])
        made = self._run(Reply(text), [conversation_id], agent).made
        self._own.update(made.values())
        following = Stage.DETAIL if talk.turns_left else Stage.THANKS
        self._in(self._between(*_CUSTOMER_S), lambda: self._customer_writes(talk, following))

    def _conversation(self, talk: _Talk) -> int | None:
        """The conversation of a talk, once its first message has come in."""
        with self._store.read() as connection:
            contact_id = contact_by_address(connection, talk.customer.address)
            return contact_id and latest_conversation(connection, talk.instance_id, contact_id)

    def _is_still_free(self, conversation_id: int, agent: Acting) -> bool:
        """Whether the simulated agent has the conversation, or can take it."""
        with self._store.read() as connection:
            (state,) = load_conversations(connection, [conversation_id])
        if state.is_resolved or state.assignee_id not in {None, agent.agent_id}:
            return False
        if state.assignee_id is None:
            self._run(Assign(agent.agent_id), [conversation_id], agent)
        return True

    def _comes_back(self, talk: _Talk) -> None:
        talk.turns_left = 1
        self._customer_writes(talk, Stage.OPEN)

    def _free_agent(self) -> Acting | None:
        if not self._agents:
            return None
        with self._store.read() as connection:
            return people.acting(connection, self._chance.choice(self._agents))

    # -- what people do ---------------------------------------------------------------------

    def _hear(self) -> None:
        """The customers of people who wrote something answer after some seconds."""
        with self._store.read() as connection:
            written = outgoing_after(connection, self._seen)
        for message in written:
            self._seen = message.id
            if message.id in self._own:
                self._own.discard(message.id)
            elif self._chance.random() < _ANSWERED_SHARE:
                answer = partial(self._answer_person, message.conversation_id)
                self._in(self._between(*_ANSWER_S), answer)

    def _answer_person(self, conversation_id: int) -> None:
        with self._store.read() as connection:
            (state,) = load_conversations(connection, [conversation_id])
            (contact,) = load_contacts(connection, [state.contact_id])
        phone = next((a for a in contact.addresses if a.kind == "phone"), None)
        if phone is None:
            return
        customer = self._voice.known(contact.name, phone, self._clock())
        stage = Stage.THANKS if state.is_resolved else Stage.DETAIL
        self._customer_writes(_Talk(customer, state.instance_id, 0, None), stage)

    def _receive(self, instance_id: int, customer: Customer, text: str) -> None:
        """What becomes of a customer's words, without a provider between."""
        command = Receive(instance_id, customer.address, customer.name, text)
        self._run(command, [], a_contact())

    # -- machinery --------------------------------------------------------------------------

    def _in(self, seconds: float, act: Callable[[], None]) -> None:
        self._made += 1
        due = _Due(self._clock() + round(seconds * SECOND), self._made, act)
        heapq.heappush(self._due, due)

    def _between(self, least: float, most: float) -> float:
        return self._chance.uniform(least, most)

    def _run(self, command: Command, ids: list[int], actor: Acting) -> Outcome:
        outcome = run(
            self._store, command, ids, actor=actor, at=self._clock(), key=f"demo-{new_id()}"
        )
        if outcome.problem:
            raise RuleError(outcome.problem)
        return outcome


@contextlib.contextmanager
def live_traffic(store: Store, seed: int = 1, speak: Speak | None = None) -> Iterator[LiveTraffic]:
    """Live traffic for as long as a block runs."""
    traffic = LiveTraffic(store, seed, speak=speak)
    traffic.start()
    try:
        yield traffic
    finally:
        traffic.stop()
