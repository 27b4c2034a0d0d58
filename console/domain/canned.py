"""Canned replies: texts that people write again and again, and the gaps that are filled in them.

A gap stands as `{primeiro_nome}`, in any of the three languages. A word in braces that is none of
the known gaps stays as it is for the person to fill, such as `{pedido}`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.domain.audience import Audience
from console.i18n import Text

LONGEST_TEXT: Final = 4_096  # characters of a text message, by the WhatsApp Cloud API
LONGEST_SHORTCUT: Final = 30
_SHORTCUT: Final = re.compile(rf"[^\W_][\w-]{{0,{LONGEST_SHORTCUT - 1}}}")
GAP: Final = re.compile(r"\{([^\W\d]\w{0,30})\}")


class Gap(StrEnum):
    """What Central fills in by itself."""

    FIRST_NAME = "first_name"
    NAME = "name"
    PHONE = "phone"
    AGENT = "agent"
    INSTANCE = "instance"
    GREETING = "greeting"


GAP_WORDS: Final = {
    Gap.FIRST_NAME: Text("primeiro_nome", "first_name", "primer_nombre"),
    Gap.NAME: Text("nome", "name", "nombre"),
    Gap.PHONE: Text("telefone", "phone", "telefono"),
    Gap.AGENT: Text("atendente", "agent", "agente"),
    Gap.INSTANCE: Text("loja", "shop", "tienda"),
    Gap.GREETING: Text("saudacao", "greeting", "saludo"),
}


@dataclass(frozen=True, slots=True)
class CannedReply:
    """One text under its shortcut; `version` rises with each change."""

    id: int
    owner_id: int
    audience: Audience
    team_id: int | None
    shortcut: str
    text: str
    version: int = 1

    @property
    def scope_id(self) -> int:
        """Among whose a shortcut is one of a kind: the person's, the team's, or everybody's (0)."""
        scopes = {Audience.PRIVATE: self.owner_id, Audience.TEAM: self.team_id or 0}
        return scopes.get(self.audience, 0)


def shortcut_of(typed: str) -> str | None:
    """A shortcut as it is kept: lower case, without the stroke before it; None for a bad one."""
    found = typed.strip().removeprefix("/").casefold()
    return found if _SHORTCUT.fullmatch(found) else None


def known_gaps() -> dict[str, str]:
    """Every word that stands for a gap, in each language, with what fills it."""
    spoken = [(gap, (said.pt, said.en, said.es)) for gap, said in GAP_WORDS.items()]
    return {word: gap.value for gap, words in spoken for word in words}


def unknown_gaps(text: str) -> list[str]:
    """The words in braces that a person has to fill, in their order and once each."""
    known = known_gaps()
    return list(dict.fromkeys(word for word in GAP.findall(text) if word not in known))
