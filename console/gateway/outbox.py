"""The outbox worker: hands queued messages to their channel, in order, and never one twice.

A row is marked as being sent before the call and settled after it, each in a transaction of its
own. Whatever may have gone out is never sent again by the machine.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from console.actions.effects import Told, settle
from console.channels.base import Accepted, Action, ChannelError, Rejected, SendResult, Unknown
from console.channels.inbound import ProviderError
from console.channels.own_errors import own_error
from console.domain import ids
from console.domain.ids import SECOND, Instant
from console.domain.message import Delivery
from console.gateway.beside import Beside
from console.gateway.buckets import Buckets
from console.gateway.linked import Linked, Links
from console.gateway.packing import pack, packed
from console.store import deliveries, holds, outbox
from console.store.effects import Target, touch
from console.store.outbox import Claim, OutState
from console.store.sending import Parcel, parcel
from console.store.work import Connection, Store

WAITS_S: Final = (2, 8, 30, 120, 600)
MOST_TRIES: Final = 6
ASK_AGAIN: Final = 15 * SECOND
_PEER_RATE: Final = 1 / 6  # WhatsApp takes about one message per six seconds to one person
_PEER_BURST: Final = 10
_AUTH_HOLD_S: Final = 60.0
_GONE: Final = ProviderError(None, "message is gone")
_PACE: Final = ProviderError(None, "pace")
_CLOSED: Final = ProviderError(131047, "window closed")
_log: Final = logging.getLogger(__name__)


class Outbox:
    """Some threads that send; several processes may work on one store."""

    def __init__(
        self,
        store: Store,
        links: Links,
        folder: Path,
        owner: str,
        *,
        threads: int = 4,
        clock: Callable[[], Instant] = ids.now,
    ) -> None:
        self._store, self._links, self._folder, self._owner = store, links, folder, owner
        self._clock = clock
        self._numbers: dict[int, Buckets] = {}
        self._peers = Buckets(_PEER_RATE, _PEER_BURST)
        self._beside = [Beside(f"outbox-{n}", self.step) for n in range(threads)]

    def start(self) -> None:
        """Begin; what a dead process was sending is looked after when its lease is over."""
        for thread in self._beside:
            thread.start()

    def wake(self) -> None:
        """Look for work at once."""
        for thread in self._beside:
            thread.wake()

    def stop(self) -> None:
        """End after the calls at work."""
        for thread in self._beside:
            thread.tell_over()
        for thread in self._beside:
            thread.stop()

    def step(self) -> bool:
        """Send one message; whether there was one that may go now."""
        now = self._clock()
        with self._store.read() as connection:
            if not outbox.has_work(connection, now, holds.sendable(connection, now)):
                return False
            doubtful = outbox.unsettled(connection, now)
        for claimed in doubtful:
            self._ask(claimed, now)
        self._store.write(self._give_up_expired)
        claimed_now = self._store.write(self._claim)
        if claimed_now:
            self._send(claimed_now)
        return claimed_now is not None

    # -- one message ------------------------------------------------------------------------

    def _claim(self, connection: Connection) -> Claim | None:
        now = self._clock()
        free = holds.sendable(connection, now)
        claimed = outbox.claim(connection, self._owner, free, now) if free else None
        if claimed:
            _show_own(connection, claimed, Delivery.SENDING, now)
        return claimed

    def _send(self, claimed: Claim) -> None:
        linked = self._links.by_id(claimed.instance_id)
        with self._store.read() as connection:
            found = parcel(connection, claimed.message_id)
        if linked is None:
            self._settle(claimed, _held("The instance is not linked."))
        elif found is None:
            self._settle(claimed, Rejected(_GONE, Action.PERMANENT))
        elif found.is_blocked:
            self._settle(claimed, Rejected(own_error("blocked"), Action.PERMANENT))
        else:
            self._settle(claimed, self._handed_over(claimed, linked, found))

    def _handed_over(self, claimed: Claim, linked: Linked, found: Parcel) -> SendResult:
        wait_s = self._peers.take(claimed.conversation_id)
        if wait_s:
            return Rejected(_PACE, Action.THROTTLE_PEER, wait_s)
        if _is_closed(linked, found, claimed, self._clock()):
            return Rejected(_CLOSED, Action.WINDOW_CLOSED)
        out = pack(self._store, linked, found, claimed, self._folder, self._clock())
        if isinstance(out, Rejected):
            return out
        self._keep_pace(claimed, linked)
        try:
            return linked.channel.send(out)
        except Exception as error:  # noqa: BLE001 - a fault of ours: nobody knows what went out
            _log.exception("outbox %s: sending failed in an unforeseen way", claimed.id)
            return Unknown(type(error).__name__)

    def _keep_pace(self, claimed: Claim, linked: Linked) -> None:
        """Wait until the number may send: its threads share one pace."""
        rate = linked.channel.per_second
        number = self._numbers.setdefault(claimed.instance_id, Buckets(rate, max(rate, 1)))
        while wait_s := number.take(claimed.instance_id):
            time.sleep(wait_s)

    # -- what became of it ------------------------------------------------------------------

    def _settle(self, claimed: Claim, result: SendResult) -> None:
        self._store.write(lambda connection: settled(connection, claimed, result, self._clock()))

    def _give_up_expired(self, connection: Connection) -> None:
        """Rows of workers that died in the middle: they may have gone out."""
        now = self._clock()
        for claimed in outbox.expired(connection, now):
            _unknown(connection, claimed, now)

    def _ask(self, claimed: Claim, now: Instant) -> None:
        """Ask a provider that can be asked whether a message went out; for two minutes."""
        linked = self._links.by_id(claimed.instance_id)
        with self._store.read() as connection:
            found = parcel(connection, claimed.message_id)
        try:
            known = (
                linked
                and found
                and linked.channel.find_sent(packed(claimed, found), claimed.sending_at)
            )
        except ChannelError as error:  # no answer is none; other messages do not wait for it
            _log.warning("outbox %s: cannot be asked for: %s", claimed.id, error)
            self._store.write(lambda c: outbox.ask_later(c, claimed.id, now + ASK_AGAIN))
            return
        self._store.write(lambda c: _asked(c, claimed, known or None, now))


def settled(connection: Connection, claimed: Claim, result: SendResult, now: Instant) -> None:
    """Write down what a provider answered; a holder whose lease was taken over adds facts only."""
    is_mine = outbox.still_mine(connection, claimed)
    if isinstance(result, Accepted):
        holds.takes_again(connection, claimed.instance_id)
        _accept(connection, claimed, result.provider_id, now)
    elif not is_mine:
        _log.warning("outbox %s: settled by somebody else", claimed.id)
    elif isinstance(result, Unknown):
        _unknown(connection, claimed, now)
    else:
        _REJECTIONS.get(result.action, _fail)(connection, claimed, result, now)


def _accept(connection: Connection, claimed: Claim, provider_id: str, now: Instant) -> None:
    outbox.name_message(connection, claimed.instance_id, claimed.message_id, provider_id)
    Told(Delivery.ACCEPTED, now).apply(connection, _target(claimed), now)
    settle(connection, claimed.instance_id, provider_id, now)


def _asked(connection: Connection, claimed: Claim, provider_id: str | None, now: Instant) -> None:
    if provider_id:
        _accept(connection, claimed, provider_id, now)
        return
    is_over = now - claimed.sending_at > outbox.UNKNOWN_BLOCKS
    outbox.ask_later(connection, claimed.id, None if is_over else now + ASK_AGAIN)


def _unknown(connection: Connection, claimed: Claim, now: Instant) -> None:
    outbox.end(connection, claimed.id, OutState.UNKNOWN, now + ASK_AGAIN)
    _show_own(connection, claimed, Delivery.UNKNOWN, now)


def _fail(connection: Connection, claimed: Claim, result: Rejected, now: Instant) -> None:
    error = result.error
    told = Told(Delivery.FAILED, now, error.code, error.title, error.details)
    told.apply(connection, _target(claimed), now)


def _retry(connection: Connection, claimed: Claim, result: Rejected, now: Instant) -> None:
    if claimed.attempts_n >= MOST_TRIES:
        _fail(connection, claimed, result, now)
        return
    wait_s = result.retry_after_s or WAITS_S[claimed.attempts_n - 1]
    _again(connection, claimed, now, wait_s * random.uniform(1, 1.25))  # noqa: S311 - a jitter


def _slow_down(connection: Connection, claimed: Claim, result: Rejected, now: Instant) -> None:
    wait_s = result.retry_after_s or 4.0 ** min(claimed.attempts_n, 4)
    is_paced = result.error.code is None
    _again(connection, claimed, now, wait_s, counts=not is_paced)


def _hold(connection: Connection, claimed: Claim, result: Rejected, now: Instant) -> None:
    lasting = result.action in {Action.AUTH, Action.DISCONNECTED}
    for_s = result.retry_after_s or (_AUTH_HOLD_S if lasting else None)
    until = holds.hold(connection, claimed.instance_id, result.action, now, for_s=for_s)
    _again(connection, claimed, now, (until - now) / SECOND, counts=False)


def _again(
    connection: Connection, claimed: Claim, now: Instant, wait_s: float, *, counts: bool = True
) -> None:
    outbox.put_back(connection, claimed, now + round(wait_s * SECOND), counts=counts)
    _show_own(connection, claimed, Delivery.QUEUED, now)


_REJECTIONS: Final = {
    Action.RETRY: _retry,
    Action.THROTTLE_PEER: _slow_down,
    Action.THROTTLE_NUMBER: _hold,
    Action.AUTH: _hold,
    Action.DISCONNECTED: _hold,
}


def _held(words: str) -> Rejected:
    return Rejected(ProviderError(None, words), Action.DISCONNECTED)


def _is_closed(linked: Linked, found: Parcel, claimed: Claim, now: Instant) -> bool:
    closes_at = linked.channel.window_closes_at(found.inbound_at)
    return closes_at is not None and closes_at <= now and not packed(claimed, found).template


def _target(claimed: Claim) -> Target:
    return Target(claimed.message_id, claimed.conversation_id, claimed.instance_id)


def _show_own(connection: Connection, claimed: Claim, state: Delivery, now: Instant) -> None:
    """The outbox's own word on a message, until a provider has told anything."""
    if not deliveries.facts_of(connection, claimed.message_id):
        touch(connection, _target(claimed), now, delivery=state)
        deliveries.show_delivery(connection, [claimed.message_id], state)
