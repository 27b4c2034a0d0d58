"""The script Streamlit runs for every person and every rerun: who acts, which pages, the gear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from console.domain.agent import Acting, Right
from console.gate.page import ICON
from console.gate.places import PAGES
from console.i18n import Text
from console.ui import context, wall
from console.ui.menu import Menu, menu

_BESIDE: Final = Path(__file__).parents[2] / "pages"
_PACKED: Final = Path(__file__).parents[1] / "_pages"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the navigation and the right that opens it."""

    key: str
    title: Text
    icon: str
    right: Right
    section: Text | None = None


_NUMBERS: Final = Text("Números", "Figures", "Números")
ENTRIES: Final = (
    Entry(
        "inbox",
        Text("Conversas", "Inbox", "Conversaciones"),
        ":material/forum:",
        Right.READ,
    ),
    Entry(
        "supervision",
        Text("Supervisão", "Supervision", "Supervisión"),
        ":material/fact_check:",
        Right.BULK,
    ),
    Entry(
        "runs",
        Text("Execuções", "Runs", "Ejecuciones"),
        ":material/history:",
        Right.BULK,
    ),
    Entry(
        "board",
        Text("Ao vivo", "Live board", "En vivo"),
        ":material/monitoring:",
        Right.BULK,
    ),
    Entry(
        "contacts",
        Text("Contatos", "Contacts", "Contactos"),
        ":material/contacts:",
        Right.CONTACTS,
    ),
    Entry(
        "exports",
        Text("Exportações", "Exports", "Exportaciones"),
        ":material/download:",
        Right.EXPORT,
    ),
    Entry(
        "instances",
        Text("Instâncias", "Instances", "Instancias"),
        ":material/cell_tower:",
        Right.SETTINGS,
    ),
    Entry(
        "settings",
        Text("Configurações", "Settings", "Configuración"),
        ":material/settings:",
        Right.READ,  # everybody has preferences; the tabs ask for more
    ),
    Entry(
        "overview",
        Text("Visão geral", "Overview", "Visión general"),
        ":material/space_dashboard:",
        Right.FIGURES,
        _NUMBERS,
    ),
    Entry(
        "resolved",
        Text("Quem resolveu o quê", "Who resolved what", "Quién resolvió qué"),
        ":material/task_alt:",
        Right.FIGURES,
        _NUMBERS,
    ),
    Entry(
        "activity",
        Text("Última atividade", "Last activity", "Última actividad"),
        ":material/update:",
        Right.FIGURES,
        _NUMBERS,
    ),
    Entry(
        "times",
        Text("Tempos", "Times", "Tiempos"),
        ":material/timer:",
        Right.FIGURES,
        _NUMBERS,
    ),
    Entry(
        "queue",
        Text("Fila no tempo", "Queue over time", "Cola en el tiempo"),
        ":material/stacked_line_chart:",
        Right.FIGURES,
        _NUMBERS,
    ),
    Entry(
        "quality",
        Text("Qualidade", "Quality", "Calidad"),
        ":material/verified:",
        Right.FIGURES,
        _NUMBERS,
    ),
    Entry(
        "analyse",
        Text("Analisar", "Analyse", "Analizar"),
        ":material/query_stats:",
        Right.ANALYSE,
        _NUMBERS,
    ),
)
_NO_ACCESS: Final = Text(
    "Você não tem acesso a esta página. Peça a quem administra a Central.",
    "You have no access to this page. Ask whoever administers Central.",
    "No tienes acceso a esta página. Pídelo a quien administra Central.",
)


def main() -> None:
    """One run: the navigation comes first, whoever asks and whatever they asked for."""
    signed = context.signed()
    st.set_page_config(page_title="Central", page_icon=str(ICON), layout="wide")
    if signed is None:
        _only_sign_in()
        return
    who = signed.who
    is_wall = wall.is_shown()
    chosen = st.navigation(_pages(who), position="hidden" if is_wall else "top")
    if not is_wall:
        st.logo(str(ICON), size="medium")
        paths = tuple(f"/{page}" for page in PAGES)
        menu(Menu(who, signed.person, signed.csrf, paths, _section(chosen.url_path, who)))
    chosen.run()


def _only_sign_in() -> None:
    """A list without pages: whatever was asked for, nothing of it runs."""

    def signed_out() -> None:
        context.acting()

    st.navigation([st.Page(signed_out, title="Central", default=True)], position="hidden").run()


def pages_folder() -> Path:
    """Where the page scripts lie: beside the package, or inside it in the wheel."""
    return _PACKED if _PACKED.is_dir() else _BESIDE


def may_open(entry: Entry, who: Acting) -> bool:
    """Whether the person's role opens this page."""
    return who.may(entry.right)


def _pages(who: Acting) -> dict[str, list[st.Page]]:
    """The pages of the menu by their section; those without one stand in the menu itself."""
    sections: dict[str, list[st.Page]] = {"": [_home()]}
    for entry in ENTRIES:
        section = entry.section.in_(who.language) if entry.section else ""
        sections.setdefault(section, []).append(_page(entry, who))
    return sections


def _section(key: str, who: Acting) -> str:
    """The name of the list that holds a page; empty for one in the menu itself."""
    found = (one.section for one in ENTRIES if one.key == key and one.section)
    return next((section.in_(who.language) for section in found), "")


def _page(entry: Entry, who: Acting) -> st.Page:
    title = entry.title.in_(who.language)
    if may_open(entry, who):
        script = pages_folder() / f"{entry.key}.py"
        return st.Page(script, title=title, icon=entry.icon, url_path=entry.key)
    return st.Page(
        _refusal(who), title=title, icon=entry.icon, url_path=entry.key, visibility="hidden"
    )


def _refusal(who: Acting) -> Callable[[], None]:
    def no_access() -> None:
        st.warning(_NO_ACCESS.in_(who.language))

    return no_access


def _home() -> st.Page:
    """The default page answers at `/` only; it leads to the inbox."""

    def home() -> None:
        st.switch_page(pages_folder() / "inbox.py")

    return st.Page(home, title="Central", default=True, visibility="hidden")


if __name__ == "__main__":
    main()
