"""The floor of the browser bench: a Streamlit page with one button and one line."""

import streamlit as st

if "clicks" not in st.session_state:
    st.session_state.clicks = 0
if st.button("Again", key="again"):
    st.session_state.clicks += 1
st.text(f"clicks: {st.session_state.clicks}")
