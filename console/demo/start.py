"""A store of its own for the demo, made once and kept until a fresh one is wanted."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from console.actions import SaveCanned, SaveHours, SaveSla, run
from console.auth import hash_password
from console.config import Settings
from console.demo.calendar import ZONE
from console.demo.canned import CANNED
from console.demo.centre import DOMAIN, MAILBOXES
from console.demo.generate import Plan, Progress, generate
from console.demo.words import load_words
from console.domain.agent import Role, system
from console.domain.audience import Audience
from console.domain.hours import Block
from console.domain.ids import now
from console.domain.sla import CENTRE, SlaPolicy, Timetable
from console.store import people
from console.store.people_write import set_password
from console.store.schema import migrate
from console.store.work import Connection, Store, open_store

_OFFICE: Final = (Block(8 * 60, 12 * 60), Block(13 * 60, 18 * 60))
_HOURS: Final = Timetable(
    (*([_OFFICE] * 5), (Block(8 * 60, 13 * 60),), ()), ZONE.key, holidays="BR-SP"
)
_TARGETS: Final = SlaPolicy(first_response_s=1_800, next_reply_s=3_600, resolution_s=2 * 86_400)
_FOLDER: Final = "demo"  # in CENTRAL_HOME: never the store of a real centre
_STORE: Final = "central.db"
_PASSWORD: Final = "password"  # noqa: S105 - the name of a file


@dataclass(frozen=True, slots=True)
class SignIn:
    """One account of the demo."""

    email: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A demo that can be served: its settings, its store, and how to sign in."""

    settings: Settings
    store: Store
    sign_ins: tuple[SignIn, ...]
    is_new: bool


def prepare(
    settings: Settings,
    conversations: int,
    days: int,
    seed: int = 1,
    fresh: bool = False,
    progress: Progress | None = None,
) -> Prepared:
    """Open the demo in CENTRAL_HOME, or generate it; `fresh` throws the last one away."""
    home = settings.home.resolve() / _FOLDER
    if fresh and home.exists():
        shutil.rmtree(home)
    file = home / _STORE
    is_new = not file.exists()
    if is_new:
        _build(file, Plan(conversations, days, now(), seed), progress)
    password = (home / _PASSWORD).read_text(encoding="utf-8")
    sign_ins = tuple(SignIn(f"{box}@{DOMAIN}", role, password) for role, box in MAILBOXES.items())
    url = f"sqlite:///{file}"
    own = replace(settings, home=home, store=url, is_demo=True)
    return Prepared(own, open_store(url), sign_ins, is_new)


def _build(file: Path, plan: Plan, progress: Progress | None) -> None:
    """Generate beside the final name, so that a demo that was cut short is not taken for one."""
    building = file.with_suffix(".building")
    for left_over in file.parent.glob(f"{building.name}*"):
        left_over.unlink()
    store = open_store(f"sqlite:///{building}")
    migrate(store)
    generate(store, plan, progress)
    _give_rules(store)
    _give_replies(store)
    _give_passwords(store, _new_password(file.parent / _PASSWORD))
    store.close()
    building.rename(file)


def _give_rules(store: Store) -> None:
    """Hours with a lunch break and a short Saturday, and targets, for deadlines to be seen."""
    at = now()
    for wish in (SaveHours(CENTRE, _HOURS), SaveSla(CENTRE, _TARGETS)):
        run(store, wish, actor=system(), at=at, key=f"demo:{wish.kind}")


def _give_replies(store: Store) -> None:
    """Texts that everybody at the shop finds after a stroke."""
    at = now()
    with store.read() as connection:
        admin = people.agent_by_email(connection, f"{MAILBOXES[Role.ADMIN]}@{DOMAIN}")
        who = people.acting(connection, admin.id) if admin else None
    if who is None:
        return
    for shortcut, text in CANNED.items():
        wish = SaveCanned(shortcut, text, Audience.EVERYBODY)
        run(store, wish, actor=who, at=at, key=f"demo:canned:{shortcut}")


def _new_password(file: Path) -> str:
    """A password for this demo only, kept where only its owner can read it."""
    words = load_words().shop
    parts = (secrets.choice(words["colours"]).split()[0], secrets.choice(words["carriers"]))
    spoken = "-".join(part.split()[-1].lower() for part in parts)
    password = f"{spoken}-{secrets.randbelow(900_000) + 100_000}"
    file.touch(mode=0o600)
    file.write_text(password, encoding="utf-8")
    return password


def _give_passwords(store: Store, password: str) -> None:
    password_hash = hash_password(password)

    def unit(connection: Connection) -> None:
        for mailbox in MAILBOXES.values():
            agent = people.agent_by_email(connection, f"{mailbox}@{DOMAIN}")
            if agent:
                set_password(connection, agent.id, password_hash)

    store.write(unit)
