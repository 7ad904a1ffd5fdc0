# The checks of this project. `make check` is exactly what the continuous integration runs.
PYTHON ?= .venv/bin/python
BIN := $(dir $(PYTHON))

.PHONY: check lint types layers test bench

check: lint types layers test

lint:
	$(PYTHON) -m ruff check src tests bench
	$(PYTHON) -m ruff format --check src tests bench

types:
	$(PYTHON) -m mypy

layers:
	$(BIN)lint-imports

test:
	$(PYTHON) -m pytest -n auto

bench:
	for script in bench/*.py; do $(PYTHON) $$script || exit 1; done
