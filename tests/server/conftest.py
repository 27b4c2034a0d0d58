"""One server for the suite, with a person of each role and pages that tell when they ran."""

import pytest

import machine
from build import Centre
from console.actions import SetPassword
from console.domain.agent import Role
from console.gate.places import PAGES
from console.store.schema import migrate
from console.store.work import open_store
from serving import HASHED, serving

PAGE = """
import streamlit as st
from console.ui.context import acting

st.text("page {name} ran for " + acting().name)
if st.button("press"):
    st.text("pressed {name}")
if "break" in st.query_params:
    raise ValueError("+5511987654321 canary of {name}")
"""


@pytest.fixture(scope="session")
def root(tmp_path_factory):
    """The package beside pages of the test's own."""
    folder = tmp_path_factory.mktemp("root")
    (folder / "console").symlink_to(machine.ROOT / "console")
    (folder / ".streamlit").symlink_to(machine.ROOT / ".streamlit")
    (folder / "pages").mkdir()
    for name in PAGES:
        (folder / "pages" / f"{name}.py").write_text(PAGE.format(name=name))
    return folder


@pytest.fixture(scope="session")
def peopled(tmp_path_factory):
    """A home with a store and one person of each role, mail `<role>@loja.example`."""
    home = tmp_path_factory.mktemp("home")
    store = open_store(f"sqlite:///{home}/central.db")
    migrate(store)
    centre = Centre(store)
    for role in Role:
        made = centre.agent(str(role), role)
        centre.run(SetPassword(made.agent_id, HASHED))
    store.close()
    return home


@pytest.fixture(scope="session")
def served(peopled, root):
    with serving(peopled, root=root) as running:
        yield running


@pytest.fixture
def served_store(served):
    """The running server's store, opened beside it."""
    store = open_store(served.store_url)
    yield store
    store.close()
