"""The inbox: conversations on the left, the thread in the middle, the contact on the right."""

import streamlit as st

from console.ui.drawn import draw_inbox

st.fragment(draw_inbox)()
