"""What a command is: a wish, decided by pure rules into facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final, Protocol, runtime_checkable

from console.domain.agent import Acting, Right
from console.domain.attachment import SentFile
from console.domain.contact import Contact
from console.domain.conversation import Conversation
from console.domain.events import Event, EventKind
from console.domain.ids import Instant
from console.domain.message import Delivery, Direction
from console.i18n import Text
from console.store.incoming import Incoming
from console.store.work import Connection


@dataclass(frozen=True, slots=True)
class Words:
    """A message that a command makes; ids, author and what is not told are filled in by `run`.

    `at` is the provider's clock, None for now. `quoted` is the provider id of the message it
    answers, `content` JSON of what is neither text nor a file, `file` where its bytes are.
    `resend_of` and `forwarded_from` are ids of the messages it copies.
    """

    direction: Direction
    text: str
    kind: str = "text"
    provider_id: str | None = None
    author_name: str | None = None
    sent_file: SentFile | None = None
    is_sent: bool = False  # goes through the outbox
    at: Instant | None = None
    delivery: Delivery | None = None
    quoted: str | None = None
    is_forwarded: bool = False
    resend_of: int | None = None
    forwarded_from: int | None = None
    content: str | None = None
    file: Incoming | None = None
    payload: str = "{}"  # of the outbox


@dataclass(frozen=True, slots=True)
class Fact:
    """One event to be, before it has an id, an actor and an instant."""

    kind: EventKind
    from_id: int | None = None
    to_id: int | None = None
    words: Words | None = None
    restored: str | None = None  # JSON, see domain.restore
    at: Instant | None = None  # None for the instant of the wish


Facts = tuple[Fact, ...]


class ConversationCommand(Protocol):
    """A wish about conversations; `decide` is pure and raises RuleError.

    Whether it is refused depends on nothing of the state but the fields named by `reads`.
    """

    kind: ClassVar[str]
    title: ClassVar[Text]
    right: ClassVar[Right]
    bulk: ClassVar[bool]
    reads: ClassVar[tuple[str, ...]]

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """The facts that make the wish true for one conversation; `at` is when they happen."""
        ...


@runtime_checkable
class CheckedCommand(Protocol):
    """A wish that names a record, which must exist."""

    def check(self, connection: Connection, actor: Acting) -> None:
        """Raises RuleError before anything is written."""
        ...


@runtime_checkable
class ReadingCommand(Protocol):
    """A wish about a message, which is read before anything is decided."""

    def read(self, connection: Connection, actor: Acting) -> Command:
        """The same wish with its message; raises RuleError for absent and not yours."""
        ...


@runtime_checkable
class PlacingCommand(ConversationCommand, Protocol):
    """A wish that finds or opens its conversation itself."""

    def place(self, connection: Connection, actor: Acting, at: Instant) -> list[Conversation]:
        """The conversations it is about; new ones have version 0."""
        ...


@runtime_checkable
class ContactCommand(Protocol):
    """A wish about contacts; refused by nothing of a contact but the fields in `reads`."""

    kind: ClassVar[str]
    title: ClassVar[Text]
    right: ClassVar[Right]
    bulk: ClassVar[bool]
    reads: ClassVar[tuple[str, ...]]

    def decide_contact(self, state: Contact, actor: Acting, at: Instant) -> Facts:
        """The facts that make the wish true for one contact."""
        ...

    def columns(self) -> Mapping[str, object]:
        """What it sets on each contact."""
        ...


@runtime_checkable
class RecordCommand(Protocol):
    """A wish about one record of the settings (people, teams…) or a new contact."""

    kind: ClassVar[str]
    title: ClassVar[Text]
    right: ClassVar[Right]

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Write the record; raises RuleError."""
        ...


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a record command wrote: the fact, and the row for the feed.

    `events` stand in for the fact that only names the record; `made_id` is what else was made.
    """

    kind: EventKind
    entity: str
    entity_id: int
    events: tuple[Event, ...] = ()
    made_id: int | None = None


Command = ConversationCommand | PlacingCommand | ContactCommand | RecordCommand


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of each id; `made` names what was written (message or record) per id."""

    done: tuple[int, ...] = ()
    refused: Mapping[int, Text] = field(default_factory=dict)
    made: Mapping[int, int] = field(default_factory=dict)

    @property
    def problem(self) -> Text | None:
        """The first refusal, for a command that was about one thing."""
        return next(iter(self.refused.values()), None)


NOT_FOUND: Final = Text(
    "Não encontramos essa conversa entre as que você pode ver.",
    "There is no such conversation among those you may see.",
    "No hay tal conversación entre las que puedes ver.",
)
MESSAGE_NOT_FOUND: Final = Text(
    "Não encontramos essa mensagem entre as que você pode ver.",
    "There is no such message among those you may see.",
    "No hay tal mensaje entre los que puedes ver.",
)
CONTACT_NOT_FOUND: Final = Text(
    "Não encontramos esse contato entre os que você pode ver.",
    "There is no such contact among those you may see.",
    "No hay tal contacto entre los que puedes ver.",
)
NOT_ALLOWED: Final = Text(
    "Seu papel não permite esta ação. Peça a uma pessoa da supervisão.",
    "Your role does not allow this. Ask a supervisor.",
    "Tu rol no permite esta acción. Pídela a una persona de supervisión.",
)
SIGNED_OUT: Final = Text(
    "Seu acesso foi desativado. Fale com quem administra a Central.",
    "Your access was deactivated. Speak to your Central administrator.",
    "Tu acceso fue desactivado. Habla con quien administra Central.",
)
CHANGED: Final = Text(
    "Outra pessoa mudou esta conversa antes de você. Confira e tente de novo.",
    "Somebody changed this conversation before you. Look again, then retry.",
    "Otra persona cambió esta conversación antes que tú. Revísala e inténtalo de nuevo.",
)
KEY_REUSED: Final = Text(
    "Esta ação já foi usada para outra coisa. Recarregue a página e tente de novo.",
    "This action's key was used for something else. Reload the page and retry.",
    "Esta acción ya se usó para otra cosa. Recarga la página e inténtalo de nuevo.",
)
EMPTY: Final = Text(
    "Escreva alguma coisa antes de enviar.",
    "Write something before sending.",
    "Escribe algo antes de enviar.",
)
TOO_LONG: Final = Text(
    "O WhatsApp aceita até 4.096 caracteres por mensagem. Divida o texto em partes.",
    "WhatsApp takes at most 4,096 characters a message. Split the text.",
    "WhatsApp acepta hasta 4096 caracteres por mensaje. Divide el texto.",
)
LONGEST_TEXT: Final = 4_096  # Cloud API, text.body
