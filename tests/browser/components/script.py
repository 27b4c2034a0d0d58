"""The Streamlit script of the components' tests: an inbox over a world of its own, or a builder."""

import time

import streamlit as st

from browser.components import answer, backend, builder_page
from console.ui import components

KEY = "inbox"

st.set_page_config(page_title="Inbox", layout="wide")
asked = st.query_params
probe = asked.get("probe", "none")


@st.fragment
def draw() -> None:
    """One run: handle what arrived, then draw."""
    if "world" not in st.session_state:
        world = backend.make(int(asked.get("rows", "500")), is_naughty="naughty" in asked)
        world.selected = asked.get("conversation")
        world.has_window = "window" in asked
        st.session_state["world"] = world
    world = st.session_state["world"]
    time.sleep(int(asked.get("slow", "0")) / 1000)
    world.refused = []
    for action in components.arrived(KEY):
        backend.HANDLED[probe].append(action)
        backend.handle(world, action)
        components.acknowledge(KEY, action)
    data = answer.answer(
        world, probe, language=asked.get("lang", "pt"), can_write="reader" not in asked
    )
    components.inbox(data, key=KEY)


if "builder" in asked:
    builder_page.draw()
else:
    draw()
