"""What lives beside the package in the repository travels inside it in the wheel."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BESIDE = {
    "pages": "console/_pages",
    "data/words": "console/_words",
    ".streamlit/config.toml": "console/_streamlit/config.toml",
}


class Wheel(BuildHookInterface[Any]):
    """Adds the folders to a wheel; an editable install finds them where they are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects the files."""
        if version == "standard":
            build_data["force_include"].update(BESIDE)
