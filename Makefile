# Six words: demo test check fix docs bench. Each sets up what it needs; nothing has to be run before it.
.PHONY: demo test check fix docs bench
.DEFAULT_GOAL := check

BIN := .venv/bin
SET_UP := requirements/set-up.sh requirements/pip.txt pyproject.toml
BASE := .venv/.base-installed
DEV := .venv/.dev-installed
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header pyproject.toml --group build

# The defining scene on the shipped example, narrated.
demo: $(BASE)
	$(BIN)/concerted demo

test: $(DEV)
	$(BIN)/pytest -n auto

# Everything CI runs, the quick ones first.
check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/basedpyright
	$(MAKE) test

# Format, mend what can be mended by machine, and renew the locks (pins move only where pyproject.toml makes them).
fix: $(DEV)
	$(COMPILE) --output-file requirements/base.txt
	$(COMPILE) --group dev --constraint requirements/base.txt --output-file requirements/dev.txt
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The pages that are made from the code.
docs: $(DEV)
	$(BIN)/python -m docs.generate

bench: $(DEV)
	$(BIN)/python -m bench

$(BASE): requirements/base.txt $(SET_UP)
	@requirements/set-up.sh base

$(DEV): requirements/dev.txt $(SET_UP)
	@requirements/set-up.sh dev
