"""Saved views: keep a filter under a name, share it, take it away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from console.actions.audience import changeable, checked_team
from console.actions.base import Recorded
from console.actions.contacts import checked_name
from console.actions.settings import checked_colour
from console.domain.agent import Acting, Right
from console.domain.audience import Audience
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant, new_id
from console.domain.text import clean
from console.domain.view import SORT_KEYS, View
from console.i18n import Text
from console.store import views
from console.store.work import Connection

NO_SUCH_VIEW = Text(
    "Essa visão não existe mais. Escolha outra.",
    "That view does not exist any more. Choose another.",
    "Esa vista ya no existe. Elige otra.",
)
FILTER_TOO_LONG = Text(
    "O filtro é longo demais para uma visão. Encurte-o.",
    "The filter is too long for a view. Shorten it.",
    "El filtro es demasiado largo para una vista. Acórtalo.",
)
NO_SUCH_SORT = Text(
    "Não há a ordem {sort}. Escolha uma destas: {sorts}.",
    "There is no order {sort}. Choose one of these: {sorts}.",
    "No hay el orden {sort}. Elige uno de estos: {sorts}.",
)
LONGEST_FILTER = 2_000


@dataclass(frozen=True, slots=True)
class SaveView:
    """Keep a filter, its order and colour under a name, or change a kept one (`view_id`).

    The expression is kept as typed; it is read anew whenever somebody opens the view. At a
    `position` that is named, the others make room.
    """

    kind: ClassVar = "save_view"
    title: ClassVar = Text("Salvar visão", "Save view", "Guardar vista")
    right: ClassVar = Right.READ

    name: str
    filter: str
    sort: str = "newest"
    audience: Audience = Audience.PRIVATE
    team_id: int | None = None
    colour: str = "#1a7f5a"
    position: int | None = None
    view_id: int | None = None

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for a view that is not one's own, and for an audience one may not address."""
        team_id = checked_team(connection, actor, self.audience, self.team_id)
        if len(self.filter) > LONGEST_FILTER:
            raise RuleError(FILTER_TOO_LONG)
        if self.sort not in SORT_KEYS:
            raise RuleError(NO_SUCH_SORT.with_(sort=self.sort, sorts=", ".join(SORT_KEYS)))
        checked_colour(self.colour)
        before = _changeable(connection, self.view_id, actor) if self.view_id else None
        view = self._view(connection, before, actor, team_id)
        if self.position is not None:
            views.make_room(connection, view.position, view.id)
        views.save_view(connection, view, actor.agent_id or None, at)
        return Recorded(EventKind.VIEW_SAVED, "saved_view", view.id)

    def _view(
        self, connection: Connection, before: View | None, actor: Acting, team_id: int | None
    ) -> View:
        position = self.position
        if position is None:
            position = before.position if before else views.last_position(connection) + 1
        return View(
            id=before.id if before else new_id(),
            owner_id=before.owner_id if before else actor.agent_id,
            audience=Audience(self.audience),
            team_id=team_id,
            name=checked_name(self.name),
            filter=clean(self.filter).text,
            sort=self.sort,
            colour=self.colour,
            position=position,
            version=before.version + 1 if before else 1,
        )


@dataclass(frozen=True, slots=True)
class RemoveView:
    """Take a view away from everybody who finds it; its versions are kept."""

    kind: ClassVar = "remove_view"
    title: ClassVar = Text("Remover visão", "Remove view", "Quitar vista")
    right: ClassVar = Right.READ

    view_id: int

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for a view that is not one's own."""
        view = _changeable(connection, self.view_id, actor)
        removed = replace(view, version=view.version + 1)
        views.remove_view(connection, removed, actor.agent_id or None, at)
        return Recorded(EventKind.VIEW_SAVED, "saved_view", view.id)


def _changeable(connection: Connection, view_id: int, actor: Acting) -> View:
    return changeable(views.find_view(connection, view_id), actor, NO_SUCH_VIEW)
