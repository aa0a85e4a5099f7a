# Needs only Python 3.11 or later with pip, make and git.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV_READY := $(VENV)/.ready-dev
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check format bench fuzz screens wheels lock clean

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: $(READY) ## open the reader; make run ARGS="path ..." opens your own files
	@$(BIN)/tuireader $(ARGS)

test: $(DEV_READY) ## run every test
	$(BIN)/pytest -n 2 --dist loadgroup $(ARGS)

check: $(DEV_READY) ## check format, lint, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV_READY) ## format the code, and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY) ## measure everything; ARGS=reading, keys, commands, library or notebook: one part
	$(BIN)/python -m bench $(ARGS)

fuzz: $(READY) ## type random keys and look for faults; ARGS="--minutes 60 --seed 1", or "--replay FILE"
	@PYTHONPATH=tests $(BIN)/python -m fuzz $(ARGS)

screens: $(DEV_READY) ## draw every screen as SVG into screens/; ARGS=--keep: the snapshots of the tests
	@PYTHONPATH=tests $(BIN)/python -m screens $(ARGS)

wheels: $(DEV_READY) ## build a wheel in dist/ whose quote engine is compiled by mypyc; needs a C compiler
	HATCH_BUILD_HOOK_ENABLE_CUSTOM=true $(BIN)/python -m build --wheel --no-isolation --outdir dist

lock: ## take the newest versions that pyproject.toml allows into the pin files
	rm -rf $(VENV)/lock
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet --upgrade pip
	$(VENV)/lock/bin/python -m pip install --quiet '.[all]'
	$(VENV)/lock/bin/python -m pip freeze --exclude tuireader > $(VENV)/lock/run
	$(VENV)/lock/bin/python -m pip install --quiet --group dev
	$(VENV)/lock/bin/python -m pip freeze --exclude tuireader > $(VENV)/lock/all
	mv $(VENV)/lock/run requirements.txt
	{ echo "-r requirements.txt"; grep -vxFf requirements.txt $(VENV)/lock/all; } > requirements-dev.txt
	rm -rf $(VENV)/lock

clean: ## remove everything that was made here, the virtual environment too
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name it with make PYTHON=...")'
	@echo "Setting up $(VENV) ..."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(DEV_READY): $(READY) requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
