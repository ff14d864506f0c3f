# Two commands: `make run` serves the catalog, `make test` tests everything. Each sets up first what it needs.
# Where the environment forbids compiled files every start costs seconds.
unexport PYTHONDONTWRITEBYTECODE
SHELL := /bin/bash
BIN := .venv/bin
PORT ?= 8000
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup run test test-long check bench lock format

help: ## say what each target does
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

setup: ## bring everything: system packages, Python packages, .venv/bin/satupintu
	@scripts/setup.sh test

run: ## serve the catalog at http://127.0.0.1:8000/ and follow its changes
	@scripts/setup.sh run
	@$(BIN)/satupintu serve catalog --port $(PORT) $(ARGS)

check: ## format, lint, types, imports, and the catalog's findings: all but the tests
	@scripts/setup.sh test
	@$(MAKE) --no-print-directory _static
	@$(BIN)/satupintu check catalog

test: ## everything that must hold, with a tenth of the heavy counts
	@scripts/setup.sh test
	@$(MAKE) --no-print-directory _static
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal $(ARGS)

test-long: ## the tests that carry a whole heavy count
	@scripts/setup.sh test
	@$(BIN)/python -m pytest -q -m long $(ARGS)

bench: ## measure, and print the ratios beside their targets
	@scripts/setup.sh test
	@set -e; for each in $(filter-out report cpu,$(basename $(notdir $(wildcard bench/[a-z]*.py)))); do \
	  echo; echo "== bench.$$each"; $(BIN)/python -m "bench.$$each"; done

lock: ## pin anew what lock/*.in asks for (UPGRADE=1 takes the newest)
	@scripts/setup.sh test
	@scripts/lock.sh

format: ## write the code as the formatter would
	@scripts/setup.sh test
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

.PHONY: _static
_static:
	@$(BIN)/ruff format -q --check . || { echo 'some files are not as `make format` writes them:'; $(BIN)/ruff format --check .; }
	@$(BIN)/ruff check -q .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports >.venv/import-contracts.txt || { cat .venv/import-contracts.txt; exit 1; }
	@echo "format, lint, types and import contracts hold"
