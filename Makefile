# `make help` lists the targets. Everything runs in .venv; nothing else of the machine is touched.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help run test check fix lock build clean

help: ## List the targets
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/' | sort

run: $(VENV)/.runs ## Index seeds/ and open the web page on http://127.0.0.1:7860
	$(BIN)/python app.py

test: $(VENV)/.tests ## Run all tests
	$(BIN)/python -m pytest

check: $(VENV)/.tests ## Check format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

fix: $(VENV)/.tests ## Mend format and lint
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/.made ## Pin all packages anew
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --no-header --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

build: $(VENV)/.tests ## Build the wheel
	$(BIN)/python -m build --wheel --no-isolation

clean: ## Remove what was built and installed, but no library
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/.made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Sanad needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Name another one: make run PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check uv
	touch $@

$(VENV)/.runs: $(VENV)/.made requirements.txt pyproject.toml
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q -r requirements.txt
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --no-deps -e .
	touch $@

$(VENV)/.tests: $(VENV)/.made requirements-dev.txt pyproject.toml
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q -r requirements-dev.txt
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --no-deps -e .
	touch $@
