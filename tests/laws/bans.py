"""Constructions that are not to come back; each ban says why, and proves itself on an example."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from own_words import filled_texts, own_markdown
from source import Module, argument, last_name, root_name


def is_constant(node: ast.expr | None) -> bool:
    return node is None or isinstance(node, ast.Constant)


def own_html(module: Module) -> Iterator[ast.AST]:
    yield from (call for call in module.calls("html") if root_name(call.func) == "st")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            allowed = argument(node, None, "unsafe_allow_html")
            if allowed is not None and not is_constant(argument(node, 0, "body")):
                yield node


def own_files(module: Module) -> Iterator[ast.AST]:
    yield from module.calls("download_button")
    for call in module.calls("audio", "video"):
        if root_name(call.func) == "st" and not is_constant(argument(call, None, "format")):
            yield call


SQL_CALLS = ("execute", "executemany", "exec_driver_sql", "text", "sql")
SQL_START = re.compile(
    r"\s*(select|insert|update|delete|with|create|drop|alter|attach|copy)\s", re.IGNORECASE
)


# Their parts are registry entries and names of own tables; values are named parameters.
COMPOSERS = (
    "console/readmodel/ask.py",
    "console/readmodel/compose.py",
    "console/readmodel/counted.py",
    "console/readmodel/figures.py",
    "console/readmodel/facts.py",
    "console/readmodel/refresh.py",
    "console/readmodel/apply.py",
    "console/readmodel/duck.py",
    "console/readmodel/fullload.py",
    "console/readmodel/search.py",
    "console/readmodel/sql/__init__.py",
    "console/readmodel/streams.py",
)


def composed_sql(module: Module) -> Iterator[ast.AST]:
    if module.is_in(*COMPOSERS):
        return
    for call in module.calls(*SQL_CALLS):
        if call.args and _is_composed_sql(call.args[0]):
            yield call


def _is_composed_sql(node: ast.expr) -> bool:
    first = next((part for part in ast.walk(node) if isinstance(part, ast.Constant)), None)
    if first is None or not isinstance(first.value, str) or not SQL_START.match(first.value):
        return False
    is_format = isinstance(node, ast.Call) and last_name(node.func) == "format"
    return is_format or isinstance(node, ast.JoinedStr | ast.BinOp)


CHILD = "console/readmodel/fullload.py"  # runs in a process of its own


def second_sqlite(module: Module) -> Iterator[ast.AST]:
    if not module.is_in(CHILD):
        yield from _imports(module, "sqlite3", "adbc_driver_sqlite", "aiosqlite", "apsw")


def outside_requests(module: Module) -> Iterator[ast.AST]:
    if not module.is_in("console/channels"):
        yield from _imports(module, "httpx", "requests", "urllib3", "urllib.request")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.keyword) and node.arg == "verify" and is_false(node.value):
            yield node.value


def outside_letters(module: Module) -> Iterator[ast.AST]:
    if not module.is_in("console/exports/letters.py"):
        yield from _imports(module, "smtplib", "poplib", "imaplib", "ftplib", "telnetlib")


def is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def _imports(module: Module, *libraries: str) -> Iterator[ast.AST]:
    for node, name in module.imports():
        if any(name == library or name.startswith(library + ".") for library in libraries):
            yield node


FILLS_AN_EMPTY_STORE = "console/demo/generate.py"


def outside_commit(module: Module) -> Iterator[ast.AST]:
    if not module.is_in("console/store", "console/readmodel", FILLS_AN_EMPTY_STORE):
        yield from module.calls("commit")


def outside_write(module: Module) -> Iterator[ast.AST]:
    if module.is_in("console/ui", "console/screens", "pages"):
        yield from (c for c in module.calls("write") if "store" in ast.unparse(c.func))


def run_from_text(module: Module) -> Iterator[ast.AST]:
    yield from _imports(module, "pickle", "cPickle", "dill", "marshal", "shelve")
    for call in module.calls("eval", "exec"):
        if isinstance(call.func, ast.Name):
            yield call


def frame_files(module: Module) -> Iterator[ast.AST]:
    if not module.is_in("console/exports"):
        yield from module.calls("to_csv", "to_excel")


def other_clocks(module: Module) -> Iterator[ast.AST]:
    if module.is_in(*CLOCKS):
        return
    for call in module.calls("now", "utcnow", "today", "time", "time_ns"):
        is_clock = root_name(call.func) in {"datetime", "date", "time", "dt"}
        if is_clock and isinstance(call.func, ast.Attribute):
            yield call


CLOCKS = ("console/domain/ids.py",)


CHANGEABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)


def page_globals(module: Module) -> Iterator[ast.AST]:
    if not module.is_in("pages"):
        return
    for node in module.tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and _is_changeable(node.value):
            yield node
    yield from (node for node in ast.walk(module.tree) if isinstance(node, ast.Global))


def _is_changeable(node: ast.expr | None) -> bool:
    made = isinstance(node, ast.Call) and last_name(node.func) in {"list", "dict", "set", "deque"}
    return made or isinstance(node, CHANGEABLE)


def shared_cache(module: Module) -> Iterator[ast.AST]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef) and _is_cached(node) and _is_too_shared(node):
            yield node


def _is_cached(function: ast.FunctionDef) -> bool:
    return any("cache_data" in ast.unparse(mark) for mark in function.decorator_list)


def _is_too_shared(function: ast.FunctionDef) -> bool:
    arguments = {given.arg for given in function.args.args + function.args.kwonlyargs}
    marks = " ".join(ast.unparse(mark) for mark in function.decorator_list)
    body = ast.unparse(function)
    reads_person = "session_state" in body or "st.user" in body
    return "scope_key" not in arguments or "persist=" in marks or reads_person


def other_pages(module: Module) -> Iterator[ast.AST]:
    if not module.is_in("console/ui/frame.py"):
        yield from (call for call in module.calls("Page") if root_name(call.func) == "st")
    yield from (call for call in module.calls("login") if root_name(call.func) == "st")


@dataclass(frozen=True)
class Ban:
    """`find` yields the offending nodes; `bad` has to offend and `good` must not, at `path`."""

    why: str
    find: Callable[[Module], Iterator[ast.AST]]
    bad: tuple[str, ...]
    good: tuple[str, ...]
    path: str = "console/ui/example.py"


ST = "import streamlit as st\n"

BANS = (
    Ban(
        "Markdown draws links and images out of other people's words: pass plain(…)",
        own_markdown,
        bad=(
            ST + "st.markdown(contact.name)",
            ST + "st.write(f'# {name}')",
            ST + "left.button(label, key='a')",
            ST + "st.caption(str(row))",
            ST + "st.metric(label=team.name, value=3)",
            ST + "st.button('ok', help=agent.name)",
            ST + "st.info(outcome.refused.in_(language))",
            ST + "st.success(DONE.with_(name=contact.name).in_('pt'))",
            ST + "st.radio('a', names)",
            ST + "st.pills(WORD.in_('pt'), names, format_func=lambda name: name)",
            ST + "def f(name):\n    shown = name\n    st.title(shown)",
            ST + "def g(row):\n    return row.name\nst.title(g(row))",
        ),
        good=(
            ST + "st.markdown('**ok**')",
            ST + "st.write(f'# {plain(name)}')",
            ST + "left.button(words.RESOLVE.in_(who.language), key='a')",
            ST + "st.success(DONE.with_(name=plain(contact.name), n=len(ids)).in_('pt'))",
            ST + "st.radio(WORD.in_('pt'), names, format_func=lambda name: plain(name))",
            ST + "def f(name):\n    shown = plain(name)\n    st.title(shown)",
            ST + "def g(row):\n    return plain(row.name)\nst.title(g(row))",
            ST + "def f(intro: Text):\n    st.caption(intro.in_('pt'))",
            ST + "log.error(message)",
            "print(title(name))",
        ),
    ),
    Ban(
        "a phrase carries what it is filled with into Markdown: fill it with plain(…)",
        filled_texts,
        bad=(ST + "tell(DONE.with_(name=contact.name))",),
        good=(ST + "tell(DONE.with_(name=plain(contact.name), n=len(ids)))",),
    ),
    Ban(
        "HTML of one's own runs in everybody's browser",
        own_html,
        bad=("st.html('<b>')", "st.markdown(body, unsafe_allow_html=True)"),
        good=("st.markdown('<b>', unsafe_allow_html=True)", "from html import escape"),
    ),
    Ban(
        "files under /media need no sign-in: serve them from an own route",
        own_files,
        bad=("st.download_button('a', data=b'')", "st.audio(file, format=message.kind)"),
        good=("st.audio(file, format='audio/ogg')",),
    ),
    Ban(
        "SQL is put together only by the composers of readmodel; values are named parameters",
        composed_sql,
        bad=(
            "connection.execute(text(f'select * from t where a = {a}'))",
            "connection.execute('select ' + columns)",
            "connection.execute('select %s from t' % name)",
            "cursor.execute('delete from {}'.format(name))",
        ),
        good=(
            "connection.execute(text('select 1 where a = :a'), {'a': a})",
            "connection.execute(select(t.c.a).where(t.c.b == b))",
            "st.text(f'{name} selected')",
        ),
        path="console/store/example.py",
    ),
    Ban(
        "two SQLite libraries on one file in one process lose the write lock",
        second_sqlite,
        bad=("import sqlite3", "from adbc_driver_sqlite import dbapi", "import sqlite3.dbapi2"),
        good=("import pysqlite3.dbapi2 as sqlite",),
    ),
    Ban(
        "only channels speak to the outside, and they check certificates",
        outside_requests,
        bad=("import httpx", "from urllib.request import urlopen", "client.get(u, verify=False)"),
        good=("from urllib.parse import urlsplit", "client.get(u, verify=True)"),
    ),
    Ban(
        "letters go by one module, which checks addresses, headers and certificates",
        outside_letters,
        bad=("import smtplib", "from smtplib import SMTP"),
        good=("from console.exports import letters",),
    ),
    Ban(
        "a unit of work commits itself, whole",
        outside_commit,
        bad=("connection.commit()",),
        good=("store.write(unit)",),
        path="console/actions/example.py",
    ),
    Ban(
        "a screen writes by commands only: run(store, command, ids, …)",
        outside_write,
        bad=("held.store.write(unit)",),
        good=("run(store, Resolve(), ids, actor=who, at=at, key=key)", "st.write('a')"),
    ),
    Ban(
        "code is never read from texts",
        run_from_text,
        bad=("import pickle", "from marshal import loads", "eval(text)", "exec(text)"),
        good=("json.loads(text)", "model.eval()"),
    ),
    Ban(
        "exports guard cells against formulas; a frame's own writers do not",
        frame_files,
        bad=("frame.to_csv(file)", "frame.to_excel(file)"),
        good=("frame.to_dict()",),
    ),
    Ban(
        "time comes in as an argument; one clock reads it",
        other_clocks,
        bad=("datetime.now(UTC)", "datetime.datetime.utcnow()", "date.today()", "time.time()"),
        good=(
            "time.monotonic()",
            "datetime.combine(day, time())",
            "time.perf_counter()",
            "clock.now()",
        ),
        path="console/actions/example.py",
    ),
    Ban(
        "a page's globals are shared by everybody: keep constants only",
        page_globals,
        bad=("seen = []", "CACHE: dict[int, int] = {}", "def f():\n    global a\n    a = 1"),
        good=("SIZES = (1, 2)", "NAME = 'a'", "def f():\n    seen = []"),
        path="pages/example.py",
    ),
    Ban(
        "a cached function is shared by everybody: it is keyed by scope and reads no session",
        shared_cache,
        bad=(
            "@st.cache_data\ndef f(day): ...",
            "@st.cache_data\ndef f(scope_key):\n    return st.session_state['a']",
            "@st.cache_data(persist='disk')\ndef f(scope_key): ...",
        ),
        good=("@st.cache_data(ttl=60)\ndef f(scope_key, day): ...", "def f(day): ..."),
    ),
    Ban(
        "pages are registered, and people signed in, in one place",
        other_pages,
        bad=("st.Page('pages/a.py')", "st.login()"),
        good=("page('a')",),
    ),
)
