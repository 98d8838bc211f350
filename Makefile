# One word a job. Needs only Python >= 3.11, git and make; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST_FLAGS ?= -n auto
SOURCES := bot commands tests benchmarks
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test check bench format setup setup-dev clean

help:
	@echo "make demo    try Wavewarden: a demo batch host, a local Slack workspace, the bot between them"
	@echo "make test    run every test"
	@echo "make check   lint, format, types, import contracts, agreement of README and manifest"
	@echo "make bench   measure speed and size beside the shell commands replaced"

setup: $(VENV)/.runtime
setup-dev: $(VENV)/.dev

$(VENV)/.runtime: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Wavewarden needs Python 3.11 or later; set PYTHON=/path/to/python3.11."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) …"
	@$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	@$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: setup
	@exec $(BIN)/wavewarden demo

test: setup-dev
	@$(BIN)/pytest $(PYTEST_FLAGS)

check: setup-dev
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/mypy $(SOURCES)
	@$(BIN)/lint-imports --no-cache

format: setup-dev
	@$(BIN)/ruff check --fix $(SOURCES)
	@$(BIN)/ruff format $(SOURCES)

bench: setup-dev
	@$(BIN)/python -m benchmarks

clean:
	@rm -rf $(VENV) .demo .mypy_cache .ruff_cache .pytest_cache
