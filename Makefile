# The checks of this project. `make check` is exactly what the continuous integration runs.
PYTHON ?= .venv/bin/python
BIN := $(dir $(PYTHON))

.PHONY: screenshots check lint types layers test coverage bench faults check-sync

check: lint types layers test

lint:
	$(PYTHON) -m ruff check src tests bench scripts
	$(PYTHON) -m ruff format --check src tests bench scripts

types:
	$(PYTHON) -m mypy

layers:
	$(BIN)lint-imports

test:
	$(PYTHON) -m pytest -n auto

# Branches of the four packages that hold what must not be wrong; at least 95 %.
coverage:
	$(PYTHON) -m pytest -n auto --cov --cov-report=term-missing:skip-covered tests/core tests/store tests/harvest tests/rotation tests/imports tests/cli tests/console

bench:
	for script in bench/*.py; do $(PYTHON) $$script || exit 1; done

# The long version of the proofs in tests/faults; docs/recovery.md says what each of them shows.
faults:
	FACILITATOR_FAULTS=long nice $(PYTHON) -m pytest -s tests/faults

# Two Syncthings on 127.0.0.1 and a command line on each side (needs Debian's syncthing, or another one in the path).
check-sync:
	FACILITATOR_SYNC=yes nice $(PYTHON) -m pytest -s tests/faults/test_syncthing.py

screenshots:
	$(PYTHON) scripts/screenshots.py
