# What a person types. Needs Python 3.11 or newer with venv, git and make; all else is installed.
.PHONY: help run test test-faults test-all check lint bench lock clean
.DEFAULT_GOAL := help

# The first Python of 3.11 or newer that can make a virtual environment.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	$$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
# Without its compiled files each of the hundred programs that the suites start compiles Streamlit.
unexport PYTHONDONTWRITEBYTECODE
INSTALLED := .venv/installed
# Options handed on, such as: make run OPTIONS="--port 8600", make test OPTIONS="-k inbox"
OPTIONS ?=
# Processes that share the suites, each with a PostgreSQL and servers of its own.
WORKERS ?= 2
PYTEST := $(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

help:  ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

run: $(INSTALLED)  ## the demo on http://localhost:8501
	@$(BIN)/central demo $(OPTIONS)

test: $(INSTALLED)  ## every suite but the faults; one that cannot run fails it unless ALLOW_SKIP=1
	@.ci/system-packages
	$(PYTEST) -m "not faults" $(OPTIONS)

test-faults: $(INSTALLED)  ## kills, races and failing statements: minutes of the same question
	@.ci/system-packages
	$(PYTEST) -m faults $(OPTIONS)

test-all: lint  ## lint, and every suite, faults too, with branch coverage and small timings
	@.ci/system-packages
	$(BIN)/pytest --cov --benchmark-enable $(OPTIONS)

check: lint  ## what must be green before a commit: lint, format, types, layers, tests
	$(PYTEST) -m "not faults" $(OPTIONS)

lint: $(INSTALLED)  ## everything of check but the tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(INSTALLED)  ## the benchmarks of docs/benchmarks.md
	$(BIN)/central bench $(OPTIONS)

lock:  ## make requirements.lock again (needs uv)
	@sed '/^[^#]/,$$d' requirements.lock > requirements.lock.new
	uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-emit-index-url --no-header --no-config --quiet \
		>> requirements.lock.new
	@mv requirements.lock.new requirements.lock

clean:  ## remove the virtual environment and what tools left behind
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage

$(INSTALLED): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Central needs Python 3.11 or newer with venv and pip" \
		"(Debian: apt-get install python3-venv). Name it with: make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "Installing into .venv (about a minute, once) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile \
		--require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile \
		--no-deps --no-build-isolation --editable .
	@touch $@
