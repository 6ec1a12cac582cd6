# Everything here works on a bare machine with Python 3.11 or newer. `make` alone prints this help.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RAW ?= raw
OUT ?= output
UV := $(shell command -v uv 2>/dev/null)
PINS := requirements/dev.txt
CHECKERS := .venv-checkers
SOURCES := $(shell find src -type f -not -name '*.pyc' 2>/dev/null)
READY := $(VENV)/.ready
CHECKERS_READY := $(CHECKERS)/.ready
PEERS := .venv-peers
PEERS_READY := $(PEERS)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup build test test-slow check lint format schemas query show train evaluate bench bench-formats bench-questions fuzz wheel explore picture readme checkers peers pins clean

help: ## Print this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: $(READY) ## Make the environment in .venv (uv where it is there, else venv and pip)

$(READY): $(PINS) pyproject.toml
ifdef UV
	$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r $(PINS)
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
else
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(PINS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
	@touch $@

checkers: $(CHECKERS_READY) ## Make the environment of other people's tools, which the tests hold exports and descriptors against

$(CHECKERS_READY): requirements/checkers.txt
ifdef UV
	$(UV) venv --quiet --allow-existing --python $(PYTHON) $(CHECKERS)
	$(UV) pip install --quiet --python $(CHECKERS)/bin/python --require-hashes -r $<
else
	$(PYTHON) -m venv $(CHECKERS)
	$(CHECKERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
endif
	@touch $@

$(PEERS_READY): requirements/peers.txt
ifdef UV
	$(UV) venv --quiet --allow-existing --python $(PYTHON) $(PEERS)
	$(UV) pip install --quiet --python $(PEERS)/bin/python --require-hashes -r $<
else
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
endif
	@touch $@

build: $(OUT)/labels.duckdb ## Build RAW (default: raw) into OUT (default: output); does nothing where nothing changed

$(OUT)/labels.duckdb: $(READY) $(SOURCES) $(shell find $(RAW) -type f 2>/dev/null | sed 's/ /\\ /g') $(RAW)
	$(BIN)/labelpipe build $(RAW) --output $(OUT)
	@touch $@

test: $(READY) ## Run the tests (minutes)
	$(BIN)/python -m pytest -n auto -m "not slow"

test-slow: $(READY) ## Run all tests, the slow ones too
	$(BIN)/python -m pytest -n auto --hypothesis-profile thorough

check: lint test ## Everything that must hold before a commit

lint: $(READY) ## ruff, mypy --strict, import rules, stale schemas
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/labelpipe schemas --check

format: $(READY) ## Format the code
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

schemas: $(READY) ## Write the published contract to schemas/
	$(BIN)/labelpipe schemas

query: build ## Ask the build: make query SQL="FROM label_overview"
	@$(BIN)/labelpipe query --output $(OUT) "$(or $(SQL),FROM label_overview)"

show: build ## Show a document beside what was made of it: make show DOC=gablofen.txt
	@$(BIN)/labelpipe show --output $(OUT) "$(or $(DOC),gablofen.txt)"

train: $(READY) ## Train the models again (LABELPIPE_SHARED names the corpora)
	$(BIN)/python -m labelpipe.training
	$(BIN)/python -m labelpipe.training.small_models

evaluate: $(READY) ## Score the placer on GOLD (default: the gold in LABELPIPE_SHARED)
	$(BIN)/labelpipe evaluate $(or $(GOLD),$(LABELPIPE_SHARED)/gold/gablofen $(LABELPIPE_SHARED)/gold/monographs/scraped)

bench: $(READY) ## Measure builds beside their floors, and text out of HTML beside others: make bench SIZES="100 1000 10000"
	$(BIN)/python tools/bench.py --peers --sizes $(or $(SIZES),100 1000)

peers: $(PEERS_READY) ## Make the environment of the programs that the benchmark is held beside

bench-formats: $(READY) ## Measure the structured formats beside a bare parse (LABELPIPE_SHARED names the corpora)
	$(BIN)/python tools/bench_formats.py

bench-questions: $(READY) ## Time the documented questions on 10,000 documents, beside a scan of what each reads (after make build)
	$(BIN)/python tools/bench_questions.py

fuzz: $(READY) ## Throw mutated documents at READER (default: all) for SECONDS each: make fuzz READER=html SECONDS=600
ifdef UV
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/fuzz.txt
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/fuzz.txt
endif
	$(BIN)/python tools/fuzz.py $(or $(READER),all) -max_total_time=$(or $(SECONDS),600)

wheel: $(READY) ## Build the wheel, and use it in an empty environment: make wheel PYTHONS="python3.12 python3.13"
	$(BIN)/python tools/check_wheel.py $(PYTHONS)

explore: build ## Look at the build in a browser
	@$(BIN)/labelpipe explore --output $(OUT)

picture: $(READY) ## Draw docs/images/report.png anew (needs chromium)
	$(BIN)/python tools/picture.py

readme: $(READY) ## Run the README's examples and write what they print under them
	$(BIN)/python tools/readme.py

pins: ## Pin every dependency with its hashes (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
		--python-version 3.11 --extra test --extra lint --extra train pyproject.toml requirements/build.in --output-file $(PINS)
	uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
		--python-version 3.11 requirements/fuzz.in --output-file requirements/fuzz.txt
	uv pip compile --quiet --universal --no-strip-extras --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
		--python-version 3.11 requirements/checkers.in --output-file requirements/checkers.txt
	uv pip compile --quiet --universal --no-strip-extras --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
		--python-version 3.11 requirements/peers.in --output-file requirements/peers.txt
	sed -i 's/^lxml\[html-clean\]/lxml[html_clean]/' requirements/peers.txt  # as justext spells it: pip 23 takes them for two

clean: ## Remove the environment, the build and all caches
	rm -rf $(VENV) $(CHECKERS) $(PEERS) .fuzz $(OUT)/releases $(OUT)/current $(OUT)/parquet $(OUT)/labels.duckdb $(OUT)/.lock
	rm -f $(OUT)/datapackage.json $(OUT)/report.html
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
