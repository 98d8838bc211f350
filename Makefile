# One word a job. Needs only Python >= 3.11, git and make; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST_FLAGS ?= -n auto --dist worksteal
SOURCES := bot commands tests benchmarks docs
INSTALL = $(BIN)/pip install --quiet --constraint constraints.txt --editable
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.PHONY: help demo test faults check format bench docs screenshots setup setup-dev clean

help:
	@echo "make demo         try Wavewarden: a demo batch host, a local Slack workspace, the bot between them"
	@echo "make test         run every test"
	@echo "make faults       only the kills, power cuts, full disks and injected errors, at full size; as root"
	@echo "make check        lint, format, types, import contracts, agreement of README and manifest with the code"
	@echo "make bench        measure speed and size beside the shell commands replaced"
	@echo "make format       let ruff mend and format"
	@echo "make docs         renew the tables of README.md and manifest.yml"
	@echo "make screenshots  renew the pictures of docs/images"

setup: $(VENV)/.runtime
setup-dev: $(VENV)/.dev

$(VENV)/.runtime: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Wavewarden needs Python 3.11 or later, and $(PYTHON) is none: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "$(PYTHON) cannot make an environment: install its venv module (Debian: apt-get install python3-venv)." >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing into $(VENV) …"
	@$(INSTALL) .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	@$(INSTALL) '.[dev]'
	@touch $@

demo: setup
	@exec $(BIN)/wavewarden demo

test: setup-dev
	@$(BIN)/pytest $(PYTEST_FLAGS)

faults: setup-dev
	@$(BIN)/pytest -m "privileged or long" --full

check: setup-dev
	@$(BIN)/ruff check --quiet $(SOURCES)
	@$(BIN)/ruff format --quiet --diff $(SOURCES)
	@$(BIN)/mypy --no-error-summary $(SOURCES)
	@contracts=$$($(BIN)/lint-imports --no-cache --no-logo) || { echo "$$contracts"; exit 1; }
	@$(BIN)/pytest --quiet --no-header tests/test_agreement.py tests/test_imports.py
	@echo "All is well."

format: setup-dev
	@$(BIN)/ruff check --fix $(SOURCES)
	@$(BIN)/ruff format $(SOURCES)

bench: setup-dev
	@$(BIN)/python -m benchmarks

docs: setup-dev
	@made=$$($(BIN)/wavewarden manifest) && echo "$$made" > manifest.yml
	@$(BIN)/python -m docs.tables

screenshots: setup-dev
	@$(BIN)/python -m docs.screenshots

clean:
	@rm -rf $(VENV) .demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
