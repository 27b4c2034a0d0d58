"""The filter builder over a store of its own, as a page uses it: draft, count, address."""

import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import streamlit as st
from sqlalchemy import insert

from browser.components import backend
from console.config import Settings
from console.domain.errors import RuleError
from console.readmodel import ask, expression
from console.readmodel.model import ReadModel
from console.screens.builder_catalogue import catalogue
from console.screens.directory import directory
from console.store import tables
from console.store.schema import migrate
from console.store.work import open_store
from console.ui import builder
from readmodel import crowd

KEY = "builder"
HOSTILE = "<img src=x onerror=alert(1)>\u202e{{7*7}} **b** $x$"
MANY = 90


@cache
def opened():
    """Sixty conversations, and names that nobody would choose."""
    folder = Path(tempfile.mkdtemp(prefix="builder-"))
    store = open_store(f"sqlite:///{folder}/central.db")
    migrate(store)
    crowd.fill(store, 60)
    store.write(_more_names)
    return store, ReadModel.open(store, folder / "readmodel", Settings())


def _more_names(connection):
    label = {"id": 11, "key": "hostil", "name": HOSTILE, "colour": "red;}x{", "created_at": 0}
    connection.execute(insert(tables.label), [label])
    agents = [
        {
            "id": 100 + i,
            "email": f"a{i}@loja.example",
            "name": f"Atendente {i:02}",
            "role": "agent",
            "created_at": 0,
        }
        for i in range(MANY)
    ]
    connection.execute(insert(tables.agent), agents)


def draw():
    """One run of the page."""
    asked = st.query_params
    store, model = opened()
    language = asked.get("lang", "pt")
    who = replace(crowd.ANALYST if "analyst" in asked else crowd.SUPERVISOR, language=language)
    with store.read() as connection:
        offered = catalogue(who, directory(connection, model))
    now = builder.asked(expression.parse(asked.get("filter", "")), key=KEY)
    count, problem = None, None
    if now.tree is not None:
        try:
            count = ask.count(model, now.tree, who, crowd.NOW)
        except RuleError as error:
            problem = error.text
        if "filter" in asked or "address" in asked:
            asked["filter"] = expression.to_text(now.tree)
    told = {
        "text": None if now.tree is None else expression.to_text(now.tree),
        "count": count,
        "problem": now.problem.text.pt if now.problem else problem and problem.pt,
    }
    backend.HANDLED[asked.get("probe", "none")].append(told)
    builder.draw(now, builder.Shown(offered, language, count, problem), key=KEY)
    st.button("Outra filtragem", on_click=_other)


def _other():
    st.query_params["filter"] = "unread or blocked"
