"""The effective options: safe under every launcher, refused by name when somebody unsets them."""

import subprocess
import sys
import tomllib

import pytest

from attack import Attack
from build import Centre
from console.actions import SetPassword
from console.store.schema import migrate
from console.store.work import open_store
from console.ui.options import SAFE, file
from machine import ROOT
from serving import CODE, HASHED, environment, free_port, serving

LAUNCHERS = {
    "central serve": [sys.executable, "-m", "console", "serve"],
    "serve": [sys.executable, "-c", CODE],
    "uvicorn": [sys.executable, "-m", "uvicorn", "console.server:app", "--port", "PORT"],
    "streamlit run": [
        *(sys.executable, "-m", "streamlit", "run", str(ROOT / "console" / "server.py")),
        *("--server.port", "PORT"),
    ],
}
UNSAFE = [
    ("STREAMLIT_CLIENT_SHOW_ERROR_DETAILS", "full", "client.showErrorDetails"),
    ("STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION", "false", "server.enableXsrfProtection"),
    ("STREAMLIT_BROWSER_GATHER_USAGE_STATS", "true", "browser.gatherUsageStats"),
    ("STREAMLIT_RUNNER_POST_SCRIPT_GC", "true", "runner.postScriptGC"),
    ("STREAMLIT_SERVER_TRUSTED_USER_HEADERS", '{"X-Me":"session"}', "server.trustedUserHeaders"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """An empty working directory: no `config.toml` of ours near it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    store = open_store(f"sqlite:///{folder}/central.db")
    migrate(store)
    centre = Centre(store)
    centre.run(SetPassword(centre.ana.agent_id, HASHED))
    store.close()
    return folder


@pytest.mark.parametrize("launcher", LAUNCHERS)
def test_every_launcher_serves_safely_from_anywhere(home, root, launcher):
    with serving(home, command=LAUNCHERS[launcher]) as served:
        cookie = served.sign_in("ana@loja.example")
        with Attack(served.url, cookie) as attack:
            told = attack.run("inbox")
    assert b"#0b7a5b" in told  # the theme of the committed file
    assert b"Conversas" in told


@pytest.mark.parametrize(("variable", "value", "option"), UNSAFE)
def test_an_unsafe_option_ends_the_start_by_name(home, variable, value, option):
    port = str(free_port())
    command = [part.replace("PORT", port) for part in LAUNCHERS["streamlit run"]]
    ended = subprocess.run(
        command,
        cwd=home,
        env=environment(home, port, **{variable: value}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode != 0
    assert option in ended.stderr


def test_an_unsafe_file_ends_the_start_by_name(tmp_path):
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text("[server]\nenableAgentApi = true\n")
    ended = subprocess.run(
        LAUNCHERS["serve"],
        cwd=tmp_path,
        env=environment(tmp_path, free_port()),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode != 0
    assert "server.enableAgentApi" in ended.stderr


def test_a_store_without_tables_ends_the_start_in_words(tmp_path):
    ended = subprocess.run(
        LAUNCHERS["serve"],
        cwd=tmp_path,
        env=environment(tmp_path, free_port()),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode != 0
    assert "central: The store is empty: run `central init`." in ended.stderr


def committed():
    return tomllib.loads(file().read_text())


def test_the_committed_file_says_what_is_demanded():
    said = {f"{t}.{k}": v for t, table in committed().items() for k, v in table.items()}
    in_code = {"server.trustedUserHeaders", "server.baseUrlPath"}
    assert {k: v for k, v in SAFE.items() if k not in in_code} == {
        k: said[k] for k in SAFE if k not in in_code
    }
    assert said["server.address"] == "127.0.0.1"


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_theme_can_be_read(mode):
    theme = committed()["theme"][mode]
    for ground in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        for words in ("textColor", "linkColor", "codeTextColor"):
            assert contrast(theme[words], ground) >= 4.5
    assert contrast("#ffffff", theme["primaryColor"]) >= 4.5
    assert contrast(theme["primaryColor"], theme["backgroundColor"]) >= 3
    for colour in ("green", "orange", "red", "blue"):
        assert contrast(theme[f"{colour}TextColor"], theme[f"{colour}BackgroundColor"]) >= 4.5
    for colour in theme["chartCategoricalColors"]:
        assert contrast(colour, theme["backgroundColor"]) >= 3


def test_both_themes_say_the_same_things():
    light, dark = committed()["theme"]["light"], committed()["theme"]["dark"]
    assert light.keys() == dark.keys()
