# make help lists what can be made. Everything happens in .venv; nothing else is touched.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help demo test lint serve bundle bundle-test format clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(READY): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing (about a minute the first time) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(READY) ## install, run the main job on the shipped case with the real model, write the report
	@ASSISTANT_HOME=$(CURDIR)/output/home $(BIN)/assistant demo --out output

test: $(READY) ## all tests, with the real model (downloads it the first time)
	@$(BIN)/assistant model install
	@$(BIN)/python -m pytest -n 2 --dist worksteal

lint: $(READY) ## ruff, mypy, and the layers of the design
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

serve: $(READY) ## the web pages on http://127.0.0.1:8600
	@$(BIN)/assistant serve

bundle: $(READY) ## dist/bundle: all that a machine without network needs (about 2 GB)
	@deploy/make_bundle.sh $(BIN)/python dist/bundle

bundle-test: ## install dist/bundle without any network, and let it work there
	@deploy/test_bundle.sh dist/bundle

format: $(READY) ## put the code in the house style
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

clean: ## remove the environment and everything that was made
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis output
