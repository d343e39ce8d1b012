PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEVELOPED := $(VENV)/.developed
DATA ?= ../shared/data
SAMPLE := corpus/sample
LLM := .venv-llm
DEMO := demo

.PHONY: install develop demo test test-service test-llm lint format lock model coder benchmark entities eval simulate bench clean

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml flows/cli/trama
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Trama needs Python 3.11 or newer')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --no-compile --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# What tests and checks need besides (a browser's driver, a type checker ...): who runs studies does not have it.
develop: $(DEVELOPED)

$(DEVELOPED): $(STAMP) requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-compile --require-hashes -r requirements-dev.lock
	touch $@

demo: install
	@rm -rf $(DEMO) && cp -R $(SAMPLE) $(DEMO)
	$(BIN)/trama run $(DEMO)

test: develop
	$(BIN)/python -m pytest

# The service with a real server and a headless browser, and what dies under it; minutes, so apart from the other tests.
test-service: develop
	$(BIN)/python -m pytest -m service

# What asks a large language model, against a real llama.cpp server and a small real model, which have an environment of
# their own; minutes, so apart from the other tests.
test-llm: develop $(LLM)/.installed
	TRAMA_LLM_PYTHON=$(abspath $(LLM))/bin/python $(BIN)/python -m pytest -n 0 -m llm tests/llm

$(LLM)/.installed: tests/llm/requirements.txt
	$(PYTHON) -m venv $(LLM)
	$(LLM)/bin/python -m pip install --quiet -r tests/llm/requirements.txt
	touch $@

lint: develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -P .ci/density.py

format: develop
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

COMPILE := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	--no-emit-find-links --override requirements.overrides --constraint requirements.constraints

# Needs uv (any recent one); run it after changing the dependencies in pyproject.toml. LOCKFLAGS=--upgrade renews all pins.
lock:
	uv pip compile pyproject.toml --extra scale $(COMPILE) --output-file requirements.lock $(LOCKFLAGS)
	uv pip compile pyproject.toml --extra scale --group dev $(COMPILE) --constraint requirements.lock \
		--output-file requirements-dev.lock $(LOCKFLAGS)

# Trains the bundled Italian pipeline again from the treebanks in $(DATA); hours, not part of the tests.
model: install
	$(BIN)/python -m pip install --quiet --requirement nlp/laboratory/pipeline/requirements.txt
	$(BIN)/python -m nlp.laboratory.pipeline $(DATA)

# Trains the network that codes themes and stances again from the coded passages in $(DATA), then what decides with it;
# three hours or more of two cores, not part of the tests.
coder: install
	$(BIN)/python -m pip install --quiet --requirement nlp/laboratory/network/requirements.txt
	$(BIN)/python -m nlp.laboratory.network $(DATA)

# The open benchmark of docs/benchmark.md: passages of interviews that taught nothing, against two readers.
benchmark: install
	$(BIN)/python -m nlp.laboratory.network.benchmark $(DATA)

# Entities found in passages that were read for them, by label; the table of docs/entities.md.
entities: install
	$(BIN)/python -m nlp.laboratory.entities $(DATA)

# F1 of theme coding on coded studies: keywords, similarity, Trama without and with people's codings, people among themselves.
STUDIES ?= $(SAMPLE) tests/acceptance/quartiere tests/acceptance/giovani
eval: install
	$(BIN)/python -m nlp.laboratory.evaluation $(STUDIES)

# Simulated data: how often tests reject and intervals hold when the truth is known; the tables of docs/statistics.md.
# SECTION=corrected: only the figures corrected for a machine's codings; SECTION=tests: only the others.
simulate: develop
	$(BIN)/python -m tests.simulations.simulate $(SECTION)

# Time and memory against the bare libraries and against each other, on ParlaTO's 31 interviews (BENCH_SIZE=31: some
# minutes) and ten times as many, altered (half an hour). Give it a quiet machine.
BENCH_SIZE ?= 310
bench: develop
	$(BIN)/python -m tests.bench $(BENCH_SIZE)

clean:
	rm -rf $(VENV) $(LLM) $(DEMO) build *.egg-info .pytest_cache .mypy_cache .ruff_cache
