# The whole manual. `make` alone prints it.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
PYTHON ?= python3
PORT ?= 8000
WORLD ?= seeds-2019
BIN := .venv/bin
PYTEST := $(BIN)/pytest
# Two tests at a time suit two processors; with more of them, one for each, up to eight.
TOGETHER ?= $(shell n=$$(nproc 2>/dev/null || echo 2); echo $$((n < 2 ? 2 : n > 8 ? 8 : n)))
# A journey starts a server and a browser of its own: never more than four at a time.
WALKING ?= $(shell n=$(TOGETHER); echo $$((n > 4 ? 4 : n)))
# Long walks over all pages stand close together: whoever has nothing left takes from the other.
SHARED := -n $(TOGETHER) --dist worksteal
# Every process that is started saves a second or two by the bytecode that another left.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run setup test check fix lint journeys bench docs pins clean

help: ## Show what there is to make
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1|\2/p' Makefile | column -t -s '|'

run: ## Set up, prepare the database, load the example world once, and serve (PORT=8000 WORLD=seeds-2019)
	@$(PYTHON) scripts/setup.py run
	@exec $(BIN)/python scripts/run.py --port $(PORT) --world $(WORLD)

setup: ## Bring everything that running and testing need
	@$(PYTHON) scripts/setup.py test

test: setup lint ## Everything: checks, all tests on SQLite and on PostgreSQL, then journeys in a browser
	$(PYTEST) $(SHARED) --ignore tests/journeys
	$(BIN)/python scripts/postgres.py $(PYTEST) $(SHARED) --ignore tests/journeys
	$(PYTEST) -n $(WALKING) tests/journeys

check: setup lint ## The fast inner loop, on SQLite: all but the long tests of rules and operations
	$(PYTEST) $(SHARED) -m "not long" --hypothesis-profile quick $(wildcard tests/architecture tests/kernel tests/craft tests/rules tests/operations)

lint: ## Style and types
	$(BIN)/ruff check src tests scripts
	$(BIN)/ruff format --check src tests scripts
	$(BIN)/mypy

fix: setup ## Mend what can be mended by itself
	$(BIN)/ruff check --fix src tests scripts
	$(BIN)/ruff format src tests scripts

journeys: setup ## Only the journeys (CONCORDAT_SHOTS=DIR keeps a picture of every step)
	$(PYTEST) tests/journeys

bench: setup ## Measure against the same work done bare (ONLY=--quick for a minute); writes docs/performance.md
	$(BIN)/python scripts/bench.py $(ONLY)

docs: setup ## Redraw the pages of docs/ that the code decides, for review
	$(PYTEST) tests/architecture/test_generated_pages.py tests/pages/test_access.py --redraw

pins: setup ## Choose the newest versions allowed and write them down with their hashes
	$(BIN)/python scripts/pins.py

clean: ## Remove what set-up and tests made, never what is in var/
	rm -rf .venv node_modules src/concordat/web/static/build src/*.egg-info
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
