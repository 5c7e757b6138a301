.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2

# Bytecode is written where the machine forbids it by default: without it each command starts 2 s later.
export PYTHONDONTWRITEBYTECODE =

.PHONY: help run test test-full check bench format lock strings browser clean

help: ## List every target
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/runtime ## Build what is missing, publish content/, serve http://127.0.0.1:8000
	-tools/install libfribidi0
	$(BIN)/showcase setup
	exec $(BIN)/showcase serve

test: .venv/dev browser ## Run every test: SQLite, PostgreSQL, and a few journeys in a browser
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup

test-full: .venv/dev browser ## The same with the full number of race, soak and model rounds
	TEST_ROUNDS=full $(BIN)/pytest -n $(WORKERS) --dist loadgroup

check: .venv/dev ## ruff, mypy --strict, djlint, and catalogues that tell every string in Bangla
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python tools/strings.py --check

bench: .venv/dev ## Measure what docs/benchmarks.md tells, as ratios taken in one run
	tools/install nginx wrk
	$(BIN)/python -m tests.bench

format: .venv/dev ## Put Python files and imports in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

strings: .venv/dev ## Collect the texts of the site into the catalogues
	$(BIN)/python tools/strings.py

lock: .venv/dev ## Pin every package anew, with hashes
	tools/lock

browser: ## Install what the journeys need; without it they are skipped, and fail where CI=true
	-tools/install chromium fontconfig fonts-noto-core libatomic1 libfribidi0

.venv/runtime: requirements/runtime.txt pyproject.toml
	tools/environment requirements/runtime.txt
	touch $@

.venv/dev: requirements/dev.txt pyproject.toml
	tools/environment requirements/dev.txt
	touch .venv/runtime $@

clean: ## Remove what was built; the instance folder with its database stays
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis
