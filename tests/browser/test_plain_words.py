"""Every naughty string through `plain`, as a paragraph and as a button, in Chromium."""

import json

import pytest

import machine
from build import Centre
from console.actions import SetPassword
from console.gate.places import PAGES
from console.store.schema import migrate
from console.store.work import open_store
from console.ui.plain import JOINER, marked
from serving import HASHED, PASSWORD, serving

OWN = [
    "![x](https://evil.example/beacon.png) [y](https://evil.example)",
    "https://evil.example www.evil.example ana@evil.example",
    ":red[x] :smile: :material/home: :streamlit: :+1: :violet-badge[z]",
    "a -> b <- c <-> d >= e <= f -- g ~= h",
    "$x^2$ $$\\int$$ $5 and $6",
    "| a | b |",
    "1. one",
    "2) two",
    "- [ ] todo",
    "[^1] footnote [^1]: x",
    "https://a.example/_b_*c*",
    "HTTP://EVIL.EXAMPLE Www.evil.example",
    "mailto:ana@evil.example xmpp:ana@evil.example",
]
PAGE = """
import json
from pathlib import Path
import streamlit as st
from console.ui.plain import plain

texts = json.loads((Path(__file__).parents[1] / "texts.json").read_text(encoding="utf-8"))
for n, text in enumerate(texts):
    with st.container(key=f"paragraph-{n}"):
        st.markdown(plain(text))
    with st.container(key=f"button-{n}"):
        st.button(plain(text), key=f"b{n}")
st.text("the end")
"""


@pytest.fixture(scope="module")
def texts(pack):
    lines = (pack / "naughty/blns.jsonl").read_text(encoding="utf-8").splitlines()
    return OWN + [text for text in (json.loads(line)["text"] for line in lines) if text.strip()]


@pytest.fixture(scope="module")
def served(tmp_path_factory, texts):
    """The package beside one page that draws all the words."""
    root, home = tmp_path_factory.mktemp("root"), tmp_path_factory.mktemp("home")
    for name in ("console", ".streamlit"):
        (root / name).symlink_to(machine.ROOT / name)
    (root / "pages").mkdir()
    for name in PAGES:
        (root / "pages" / f"{name}.py").write_text(PAGE)
    (root / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    store = open_store(f"sqlite:///{home}/central.db")
    migrate(store)
    centre = Centre(store)
    centre.run(SetPassword(centre.ana.agent_id, HASHED))
    store.close()
    with serving(home, root=root) as running:
        yield running


def folded(text):
    return " ".join(text.split())


def drawn(page, kind, n):
    """The text of each container of one kind, null when there is none."""
    return page.evaluate(
        """([kind, n]) => Array.from({ length: n }, (_, i) =>
            document.querySelector(`.st-key-${kind}-${i}`)?.textContent ?? null)""",
        [kind, n],
    )


def test_every_sign_is_on_the_screen_and_none_of_them_acts(page, served, texts):
    asked, dialogs = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(f"{served.url}/inbox")
    page.fill("input[name=email]", "ana@loja.example")
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")
    page.wait_for_function(  # the reader of Markdown is loaded later than the page
        """n => document.querySelectorAll('[class*="st-key-button-"] p').length === n
            && document.querySelectorAll('[class*="st-key-paragraph-"] p').length === n""",
        arg=len(texts),
        timeout=60_000,
    )
    wanted = [folded(marked(folded(text))) for text in texts]
    for kind in ("paragraph", "button"):
        shown = drawn(page, kind, len(texts))
        assert [folded(text.replace(JOINER, "")) for text in shown] == wanted
    words = page.locator('[class*="st-key-paragraph"], [class*="st-key-button"]')
    assert words.locator("a, img, svg, code, strong, em, table, h1, li, .katex").count() == 0
    assert [url for url in asked if not url.startswith((served.url, "data:"))] == []
    assert dialogs == []
