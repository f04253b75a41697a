# The whole interface for developers and newcomers. `make` lists the targets.
PYTHON ?= python3
BIN := .venv/bin
SHARED ?= ../shared

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint types unit format docs lock clean benchmark

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

setup: .venv/.done ## make .venv from the locked requirements and install dateline into it

.venv/.done: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Dateline needs Python 3.11 or newer; set PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup ## serve a sample wire, watch, code and store it, and show it on the desk, until Ctrl-C
	@$(BIN)/dateline demo --database demo.db

test: setup lint types unit ## lint, types and tests

lint: setup ## ruff, and the one-way flow between the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: setup ## mypy --strict
	$(BIN)/mypy

unit: setup ## the tests, in parallel
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest

format: setup ## put the code into its standard form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

docs: setup ## the documentation, into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

benchmark: setup ## accuracy and speed, where the data of ../shared is at hand
	$(BIN)/python benchmarks/events.py $(SHARED)/data/gold
	$(BIN)/python benchmarks/attribution.py $(SHARED)/data/attribution/dev
	$(BIN)/python benchmarks/speed.py $(SHARED)/data/attribution/dev

lock: setup ## renew requirements.lock from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
	  --group dev pyproject.toml --output-file requirements.lock

clean: ## remove what was built
	rm -rf .venv site build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
