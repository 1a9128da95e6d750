# The two commands are `make demo` and `make test`; both install what they need, once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := INC-2024-001
HISTORY := data/history/incidents.ndjson
# Each file's tests stay in one process, so that what a file prepares once, such as a browser, is prepared once.
SIDE_BY_SIDE := -n logical --maxprocesses 4 --dist loadfile

.PHONY: help demo test lint bench notebooks wheel clean

help:
	@echo "make demo   the sample incident's post-mortem, the sample history's trends and a list of both, in reports/"
	@echo "make test   all tests, notebooks included"
	@echo "make lint   ruff and mypy"
	@echo "make bench  every claim about speed and size, measured"

$(VENV)/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with make PYTHON=...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV), which takes a minute or two the first time"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/installed-for-tests: $(VENV)/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

demo: $(VENV)/installed
	@$(BIN)/incident postmortem $(SAMPLE) --out reports
	@$(BIN)/incident trends $(HISTORY) --as-of 2024-01-01T00:00:00Z --by severity --mean --out reports
	@$(BIN)/incident site reports

test: $(VENV)/installed-for-tests
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE)
	@$(BIN)/python -m pytest --nbval notebooks --no-header $(SIDE_BY_SIDE)

lint: $(VENV)/installed-for-tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(VENV)/installed-for-tests
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

# Runs the committed notebooks and the example report again, so that what is stored is what today's code makes.
notebooks: $(VENV)/installed-for-tests
	@$(BIN)/jupyter nbconvert --to notebook --execute --inplace --ExecutePreprocessor.record_timing=False notebooks/*.ipynb
	@$(BIN)/incident postmortem $(SAMPLE) --out reports --format md

wheel: $(VENV)/installed-for-tests
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache
