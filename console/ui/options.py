"""Streamlit's options: safe by default under every launcher, refused when told otherwise.

Under plain uvicorn the environment and flags are ignored and only a `config.toml` near the
working directory is read; under `streamlit run` all of them act (measured with 1.67). So the
committed file is applied here, and what somebody else has set is left for `problems` to find.
"""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from console.config import Settings
from console.gate.address import addresses
from console.gate.door import SESSION_HEADER

_BESIDE: Final = Path(__file__).parents[2] / ".streamlit" / "config.toml"
_PACKED: Final = Path(__file__).parents[1] / "_streamlit" / "config.toml"
SESSION_KEY: Final = "session"
"""Under this name `st.user` carries what the gate says of the auth session."""

SAFE: Final[Mapping[str, Any]] = {
    "browser.gatherUsageStats": False,
    "client.disableDataExport": True,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "global.developmentMode": False,
    "logger.enableRich": False,
    "runner.postScriptGC": False,
    "server.baseUrlPath": "",
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.maxMessageSize": 50,
    "server.maxUploadSize": 20,
    "server.runOnSave": False,
    "server.scriptHealthCheckEnabled": False,
    "server.trustedUserHeaders": {SESSION_HEADER: SESSION_KEY},
}


def file() -> Path:
    """The committed options: beside the package in the repository, inside it in the wheel."""
    return _PACKED if _PACKED.is_file() else _BESIDE


def apply() -> None:
    """Give every option that nobody has set the committed value; again after each parse."""
    _fill()
    config.on_config_parsed(_fill, force_connect=True)
    # A second belt: with the flag unset, a `pages` folder beside the frame script would make
    # Streamlit run its pages without the frame (safety, section 2).
    PagesManager.uses_pages_directory = False


def bind(settings: Settings) -> None:
    """The options that depend on the settings; asserted like the others."""
    for key, value in bound(settings).items():
        config.set_option(key, value)
    if not config.is_manually_set("server.cookieSecret"):
        config.set_option("server.cookieSecret", _cookie_secret(settings.home))


def bound(settings: Settings) -> dict[str, Any]:
    """The values of those options."""
    known = addresses(settings)
    return {
        "server.allowedHosts": known.host_names,
        "server.corsAllowedOrigins": sorted(known.origins),
    }


def problems(settings: Settings) -> list[str]:
    """One sentence for each effective option that is not safe."""
    found = [
        f"{key} is {config.get_option(key)!r} ({config.get_where_defined(key)}), must be {safe!r}"
        for key, safe in {**SAFE, **bound(settings)}.items()
        if config.get_option(key) != safe
    ]
    if PagesManager.uses_pages_directory is not False:
        found.append("Streamlit's discovery of a pages folder is on")
    return found


def _fill() -> None:
    for key, value in _committed():
        if not config.is_manually_set(key):
            config.set_option(key, value, str(file()))


def _committed() -> Iterator[tuple[str, Any]]:
    yield "server.trustedUserHeaders", dict(SAFE["server.trustedUserHeaders"])
    yield from _flat(tomllib.loads(file().read_text(encoding="utf-8")))


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _cookie_secret(home: Path) -> str:
    """A secret of this installation, made once; replicas share CENTRAL_HOME or set the option."""
    kept = home / "secrets" / "cookie"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_hex(32), encoding="ascii")
    return kept.read_text(encoding="ascii")
