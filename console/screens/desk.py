"""Where the wishes of a browser are carried out, and what is told of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from console import actions
from console.actions import Command, Outcome
from console.actions.base import ContactCommand
from console.domain.agent import Acting
from console.domain.ids import Instant
from console.i18n import Text
from console.readmodel.model import ReadModel
from console.screens.choice import Choice
from console.screens.contact_acts import FOLLOWED
from console.screens.undo import Notice
from console.store.uploads import Uploads
from console.store.work import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """Where actions are carried out: store, read model, person and instant."""

    store: Store
    model: ReadModel
    who: Acting
    now: Instant
    uploads: Uploads | None = None  # files that wait to be sent


@dataclass(frozen=True, slots=True)
class Handled:
    """The choice after an action, what to say, and why wishes were refused, by their keys.

    `results` tell of a wish with several recipients, by its key: why each did not get it, or None.
    """

    choice: Choice
    notice: Notice | None = None
    refused: Mapping[str, Text] = field(default_factory=dict)
    results: Mapping[str, Mapping[str, Text | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """A command on ids, with the versions that the person saw where they matter."""

    command: Command
    ids: tuple[int, ...]
    expected: Mapping[int, int] | None = None


def carried(desk: Desk, wish: Wish, key: str) -> Outcome:
    """Commit, then let the person read their own write."""
    outcome = actions.run(
        desk.store,
        wish.command,
        wish.ids,
        actor=desk.who,
        at=desk.now,
        key=key,
        expected=wish.expected,
    )
    if isinstance(wish.command, ContactCommand):
        desk.model.apply((), outcome.done)
    elif wish.ids:
        desk.model.apply(outcome.done)
    elif isinstance(wish.command, FOLLOWED):
        desk.model.sync()
    return outcome
