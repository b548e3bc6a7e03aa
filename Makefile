# Two commands are all: "make" builds the library to dist/, "make test" passes the tests.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready

build: $(READY)
	$(BIN)/plainleaf build

test: $(READY)
	$(BIN)/pytest -n auto

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.make_docs --check
	$(BIN)/python -m tools.make_interface --check

docs: $(READY)
	$(BIN)/python -m tools.make_docs
	$(BIN)/python -m tools.make_interface

site: $(READY)
	$(BIN)/python -m tools.make_site site

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Plainleaf needs Python 3.11 or newer; name one: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) dist site

.PHONY: build test lint docs site clean
