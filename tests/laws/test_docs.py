"""The pages made from the code are current, and the others point at things that exist."""

import re
import runpy

import pytest

from machine import ROOT

DOCS = sorted((ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize(
    "name", ["configuration.md", "commands.md", "filters.md", "actions.md", "simulator.md"]
)
def test_a_made_page_is_current(name):
    """When this fails: python docs/make.py."""
    made = runpy.run_path(str(ROOT / "docs/make.py"))["PAGES"][name]()
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == made


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text())
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert broken == []


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_named_file_exists(page):
    named = re.findall(r"`((?:console|pages|tests|benchmarks)/[\w/.-]+\.\w+)`", page.read_text())
    assert [file for file in named if not (ROOT / file).exists()] == []
