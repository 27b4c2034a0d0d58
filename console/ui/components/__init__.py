"""The inbox component: list, thread and contact panel drawn in the browser from plain data."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

Action = dict[str, Any]
"""One wish from the browser: `n` (rising from 1), `mount`, `kind` and the fields of its kind."""

PACKAGE = Path(__file__).resolve().parents[2]
NAME = "console.inbox"


def register() -> None:
    """Tell Streamlit where the component's files are.

    Streamlit finds manifests of installed distributions by their name; ours differs from the
    import name, so an editable install would not be found. This uses an internal function
    (Streamlit 1.67), pinned by a test.
    """
    raw = tomllib.loads((PACKAGE / "pyproject.toml").read_text(encoding="utf-8"))
    project = raw["project"]
    entries = raw["tool"]["streamlit"]["component"]["components"]
    components = [ComponentConfig.from_dict(entry) for entry in entries]
    manifest = ComponentManifest(project["name"], project["version"], components)
    get_bidi_component_manager().register_from_manifest(manifest, PACKAGE)


def arrived(key: str) -> list[Action]:
    """Return the actions that wait to be handled, oldest first; ask before building the data."""
    last = _acknowledged(key)
    waiting: list[Action] = st.session_state.get(f"{key}:arrived", [])
    return [a for a in waiting if a["mount"] != last["mount"] or a["n"] > last["n"]]


def acknowledge(key: str, action: Action) -> None:
    """Remember that this action is done: it is not returned again, and the browser forgets it.

    Call it after the write has committed. A run that is interrupted before gets the action
    again, and the action's own `key` makes the second write a repetition without effect.
    """
    st.session_state[f"{key}:acked"] = {"mount": action["mount"], "n": action["n"]}


def inbox(data: Mapping[str, Any], *, key: str) -> list[Action]:
    """Draw the three panes and return the actions that still wait (see `arrived`)."""
    _renderer()(
        key=key,
        data={**data, "acked": _acknowledged(key)},
        on_actions_change=lambda: _take(key),
    )
    return arrived(key)


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component(NAME, js="inbox.js", css="inbox.css")


def _renderer() -> ComponentRenderer:
    if get_bidi_component_manager().get_component_asset_root(NAME) is None:
        register()
    return _declared()


def _acknowledged(key: str) -> Action:
    last: Action = st.session_state.get(f"{key}:acked", {"mount": "", "n": 0})
    return last


def _take(key: str) -> None:
    sent = st.session_state.get(key, {}).get("actions")
    actions = [a for a in sent if _is_action(a)] if isinstance(sent, list) else []
    st.session_state[f"{key}:arrived"] = sorted(actions, key=lambda a: int(a["n"]))


def _is_action(value: object) -> bool:
    """Tell whether the browser sent something with the shape of an action (anybody can send)."""
    if not isinstance(value, dict):
        return False
    n, texts = value.get("n"), (value.get("mount"), value.get("kind"))
    return type(n) is int and n > 0 and all(isinstance(t, str) and t for t in texts)
