"""The suites' own ground: real stores, a real browser, and no silent skipping."""

import os
import subprocess
import sys

import pytest
from sqlalchemy import text

from machine import ROOT

THE_BROWSER_TEST = "tests/laws/test_machine.py::test_chromium_draws"


def test_a_store_of_each_kind_answers(store):
    with store.read() as connection:
        assert connection.scalar(text("select 1")) == 1
    assert store.epoch()


def test_two_stores_of_a_session_share_nothing(sqlite_store, postgres_store):
    assert sqlite_store.epoch() != postgres_store.epoch()


def test_chromium_draws(page):
    page.goto("data:text/html,<h1>oi</h1>")
    assert page.inner_text("h1") == "oi"


def run_without_chromium(**more):
    environment = {**os.environ, "CENTRAL_CHROMIUM": "/nowhere/chromium", "ALLOW_SKIP": "", **more}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", THE_BROWSER_TEST]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_a_suite_that_cannot_run_is_named_and_fails():
    done = run_without_chromium()
    assert "suite not run: browser: Chromium is not installed" in done.stdout
    assert done.returncode == 1


@pytest.mark.slow
def test_a_suite_may_be_left_out_on_purpose():
    done = run_without_chromium(ALLOW_SKIP="1")
    assert "suite not run: browser: Chromium is not installed" in done.stdout
    assert done.returncode == 0
