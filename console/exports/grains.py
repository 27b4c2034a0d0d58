"""The grains of exports: what one row is, which columns it has, and which are a customer's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from console.domain.agent import Acting
from console.domain.errors import RuleError
from console.domain.ids import Instant
from console.exports.rows import Column, Kind
from console.i18n import Text
from console.readmodel import ask, streams
from console.readmodel.model import ReadModel
from console.readmodel.refusals import nearest
from console.readmodel.tree import Tree
from console.store import thread
from console.store.work import Store, secret

_CONTACT: Final = "contact_id"
_PSEUDONYM: Final = "contact"
_DIGITS: Final = 16  # hexadecimal digits: a million contacts, and no two alike
_WORDS: Final = Column("text", Kind.TEXT, is_personal=True)
_MADE_OF: Final = {_PSEUDONYM: _CONTACT, _WORDS.name: "id"}
NO_COLUMN: Final = Text(
    "Não há a coluna “{name}”. Há: {known}.",
    "There is no column “{name}”. There are: {known}.",
    "No hay la columna “{name}”. Hay: {known}.",
)
NO_COLUMN_BUT: Final = Text(
    "Não há a coluna “{name}”. Você quis dizer “{near}”?",
    "There is no column “{name}”. Did you mean “{near}”?",
    "No hay la columna “{name}”. ¿Quisiste decir “{near}”?",
)


@dataclass(frozen=True, slots=True)
class Grain:
    """What one row is; `facts/export_<key>.sql` gives `columns`, the store the words.

    `order` is that within a conversation, None where a row is one.
    """

    key: str
    name: Text
    columns: tuple[Column, ...]
    order: str | None = None
    has_words: bool = False

    @property
    def every(self) -> tuple[Column, ...]:
        """All columns that there are, the words of the store at the end."""
        return (*self.columns, _WORDS) if self.has_words else self.columns

    def columns_for(self, who: Acting) -> tuple[Column, ...]:
        """The columns that a person gets: an analyst a pseudonym, and nothing of a customer's."""
        if not who.is_masked:
            return self.every
        return tuple(_masked(column) for column in self.every if not column.is_personal)

    def chosen(self, names: Sequence[str], who: Acting) -> tuple[Column, ...]:
        """The columns of these names in their order, all of them for none.

        Raises RuleError for one that there is not, or not for this person.
        """
        known = {column.name: column for column in self.columns_for(who)}
        for name in names:
            if name not in known:
                raise RuleError(_no_column(name, known))
        return tuple(known[name] for name in dict.fromkeys(names)) or (*known.values(),)


def _no_column(name: str, known: Iterable[str]) -> Text:
    near = nearest(name, known)
    if not near:
        return NO_COLUMN.with_(name=name, known=", ".join(known))
    return NO_COLUMN_BUT.with_(name=name, near=near[0])


def _masked(column: Column) -> Column:
    return Column(_PSEUDONYM, Kind.TEXT) if column.name == _CONTACT else column


def batches(
    grain: Grain,
    store: Store,
    model: ReadModel,
    tree: Tree,
    who: Acting,
    now: Instant,
    columns: Sequence[Column] | None = None,
) -> Iterator[pa.RecordBatch]:
    """The rows behind everything that `tree` matches for this person, in `chosen` columns."""
    names = [column.name for column in columns or grain.columns_for(who)]
    taken = [*dict.fromkeys(_MADE_OF.get(name, name) for name in names)]
    if grain.order is None:
        found = streams.conversations(model, taken, tree, who, now)
    else:
        name = f"export_{grain.key}"
        found = streams.facts(model, name, taken, grain.order, tree, who, now)
    if _PSEUDONYM in names:
        with store.read() as connection:
            key = secret(connection)
        found = map(partial(_pseudonymous, key), found)
    if _WORDS.name in names:
        found = map(_with_words, repeat(store), found)
    return (batch.select(names) for batch in found)


def count(grain: Grain, model: ReadModel, tree: Tree, who: Acting, now: Instant) -> int:
    """How many rows there are; raises SlowQueryError."""
    if grain.order is None:
        return ask.count(model, tree, who, now)
    return streams.facts_n(model, grain.key, tree, who, now)


def pseudonyms(contact_ids: Sequence[int | None], key: bytes) -> list[str | None]:
    """One name a contact, always the same in this store, from which nobody finds the contact."""
    return [None if i is None else _pseudonym(i, key) for i in contact_ids]


def _pseudonym(contact_id: int, key: bytes) -> str:
    digest = hashlib.blake2b(str(contact_id).encode(), key=key, person=b"contact")
    return digest.hexdigest()[:_DIGITS]


def _pseudonymous(key: bytes, batch: pa.RecordBatch) -> pa.RecordBatch:
    place = batch.schema.get_field_index(_CONTACT)
    encoded = pc.dictionary_encode(batch.column(place))
    names = pa.array(pseudonyms(encoded.dictionary.to_pylist(), key), pa.string())
    return batch.set_column(place, _PSEUDONYM, names.take(encoded.indices))


def _with_words(store: Store, batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with the texts, which are kept in the store only."""
    ids = batch.column("id")
    with store.read() as connection:
        found = thread.words_by_ids(connection, ids.to_pylist())
    known = pa.array([row[0] for row in found], pa.int64())
    texts = pa.array([row[1] for row in found], pa.string())
    places = pc.index_in(ids, known)
    return batch.append_column(_WORDS.name, texts.take(places))


def _columns(names: str, **kinds: str) -> tuple[Column, ...]:
    """Columns in their order: texts, unless the name tells or `kinds` says otherwise."""
    said = {name: Kind(kind) for kind, listed in kinds.items() for name in listed.split()}
    return tuple(_column(name, said) for name in names.split())


def _column(name: str, said: dict[str, Kind]) -> Column:
    plain = name.removesuffix("*")
    return Column(plain, said.get(plain) or _told(plain), is_personal=plain != name)


def _told(name: str) -> Kind:
    return next((kind for ends, kind in _ENDS.items() if name.endswith(ends)), Kind.TEXT)


_ENDS: Final = {
    "_id": Kind.ID,
    "_at": Kind.INSTANT,
    "_s": Kind.SECONDS,
    "_n": Kind.NUMBER,
}

GRAINS: Final = (
    Grain(
        "conversation",
        Text("Conversas", "Conversations", "Conversaciones"),
        _columns(
            "id instance team contact_id contact_name* contact_phone* contact_email* status"
            " priority assignee labels opened_at last_activity_at contact_activity_at"
            " waiting_since_at first_response_at first_response_s resolved_at resolved_by"
            " reopened_n reopened_at snoozed_until_at sla_due_at unread_n message_n inbound_n"
            " outbound_n note_n is_blocked last_direction last_preview*",
            id="id",
            texts="labels",
            flag="is_blocked",
        ),
    ),
    Grain(
        "episode",
        Text("Episódios", "Episodes", "Episodios"),
        _columns(
            "conversation_id episode_n instance team contact_id opened_at opened_by_kind asked_at"
            " served_at served_by queue_s queue_open_s replied_at replied_by first_response_s"
            " first_response_open_s resolved_at resolved_by_kind resolved_by assignee"
            " last_replier resolution_s resolution_open_s reopened_at inbound_n reply_n is_last",
            flag="is_last",
        ),
        order="episode_n",
    ),
    Grain(
        "message",
        Text("Mensagens", "Messages", "Mensajes"),
        _columns(
            "id conversation_id instance team contact_id contact_name* sent_at direction kind"
            " author_kind author delivery accepted_at delivered_at",
            id="id",
        ),
        order="id",
        has_words=True,
    ),
    Grain(
        "event",
        Text("Eventos", "Events", "Eventos"),
        _columns(
            "id conversation_id instance team contact_id happened_at kind actor_kind actor"
            " from_name to_name until_at bulk_id is_void",
            id="id",
            flag="is_void",
        ),
        order="id",
    ),
)
BY_KEY: Final = {one.key: one for one in GRAINS}
