# Everything runs in .venv, which the first command that needs it makes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
# What running mlsteward takes, and what working on it takes.
USABLE := $(VENV)/.usable
READY := $(VENV)/.ready
# Both cores, but no more workers than that on a shared machine.
WORKERS ?= 2
DEPTH ?= 10
SEED := $(or $(SEED),$(shell date +%s))

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-deep test-pythons test-newest serve generate generate-check respec surface release lint breaking format typecheck churn bench bench-small site clean

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

define install
@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "mlsteward needs Python 3.11 or newer; set PYTHON=...")'
@test -x $(PY) || $(PYTHON) -m venv $(VENV)
@echo "setting up $(VENV) ..."
@$(PY) -m pip install --quiet --disable-pip-version-check --editable '.[$(1)]'
endef

$(USABLE): pyproject.toml
	$(call install,server)
	@touch $@

$(READY): pyproject.toml
	$(call install,dev)
	@touch $@ $(USABLE)

setup: $(READY) ## Set up .venv for working on mlsteward

demo: $(USABLE) ## Run the main job on the embedded server
	@$(PY) scripts/demo.py

test: $(READY) ## Run all tests, on SQLite and on PostgreSQL
	@$(PY) -m pytest -n $(WORKERS)

test-deep: $(READY) ## Run the randomized tests with many more examples: DEPTH=10 times as many, SEED=a number
	@echo "again with the same examples: make test-deep DEPTH=$(DEPTH) SEED=$(SEED)"
	@TEST_DEPTH=$(DEPTH) $(PY) -m pytest -n $(WORKERS) -m 'randomized or hypothesis' --hypothesis-seed=$(SEED)

test-pythons: ## Run all tests on the other Pythons of this machine, in .venvs/
	@$(PYTHON) scripts/test_pythons.py --workers $(WORKERS)

test-newest: ## Run the quick part of the tests on the newest of them, in .venvs/
	@$(PYTHON) scripts/test_pythons.py --workers $(WORKERS) --newest --quick

serve: $(USABLE) ## Serve on http://127.0.0.1:8000, on ./mlsteward.db
	@$(BIN)/mlsteward serve --database mlsteward.db

# In this order: what is derived later reads what is derived before.
DERIVED := generate derive_errors derive_packages derive_documented derive_sync derive_cli permissions_table errors_table coverage_table running_tables

generate: $(READY) ## Derive everything that is derived: client, bundle, _sync, tables in docs
	@for script in $(DERIVED); do $(PY) scripts/$$script.py || exit 1; done

generate-check: $(READY) ## Check that what is derived is what is checked in
	@for script in $(DERIVED); do $(PY) scripts/$$script.py --check || exit 1; done

# Not in DERIVED: what people use changes when somebody means it.
surface: $(READY) ## Write down what people can use of the Python client, after you meant to change it
	@$(PY) scripts/public_surface.py

release: $(READY) ## Keep the public surface as the one of this version, for later ones to be compared with
	@$(PY) scripts/release.py

respec: $(READY) ## After editing the spec: regenerate, check, run every suite, say what is left to do
	@$(PY) scripts/respec.py

lint: $(READY) ## Check style, the spec, the floors of the house and the public surface
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(PY) scripts/lint_spec.py
	@$(BIN)/lint-imports
	@$(PY) scripts/public_surface.py --check

breaking: $(READY) ## Check the spec for breaking changes against the last release
	@$(PY) scripts/check_breaking.py

format: $(READY) ## Put style in order
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

typecheck: $(READY) ## Check types, strictly, and the types of records against those of the spec
	@$(BIN)/mypy
	@$(PY) scripts/check_records.py

churn: $(READY) ## Change the spec in many ways, and look what each costs the client: ONLY=a case, WRITE=1
	@PYTHONPATH=scripts $(PY) -m churn --workers $(WORKERS) $(if $(ONLY),--only $(ONLY)) $(if $(WRITE),--write)

$(VENV)/.bench: $(READY)
	@$(PY) -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@

bench: $(VENV)/.bench ## Print how fast it is, as ratios
	@PYTHONPATH=scripts $(PY) -m bench

bench-small: $(VENV)/.bench ## The same, only to see that it works
	@PYTHONPATH=scripts $(PY) -m bench --small

$(VENV)/.site: $(READY)
	@$(PY) -m pip install --quiet --disable-pip-version-check --editable '.[site]'
	@touch $@

site: $(VENV)/.site ## Build the documentation site into site/; fails on a broken link
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

clean: ## Remove .venv and everything made
	@rm -rf $(VENV) .venvs .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache demo-data bench-data site
