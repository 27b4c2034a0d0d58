"""Taking conversations over from files."""

from __future__ import annotations

from pathlib import Path

import click

from console.cli.base import example, existing_store, json_or_table
