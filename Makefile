# Every target makes what it needs: a fresh machine has Python 3.11+ and make, and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2

.PHONY: image image-test image-lock run test contract consumers demo lint generated cover bench bench-against bench-peers bench-scale bench-shared bench-store hostile soak clean

run: $(VENV)/.run
	$(BIN)/duolect serve

test: $(VENV)/.test
	$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

contract: $(VENV)/.test
	$(BIN)/python -m tests.contract.clients $(ARGS)

consumers: $(VENV)/.test
	$(BIN)/python -m tests.consumers

demo: $(VENV)/.test
	$(BIN)/python -m examples.demo

lint: $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/hadolint Containerfile

# The pages that are made from the declarations of actions; tests fail where they differ.
generated: $(VENV)/.test
	$(BIN)/python -m duolect_dialects.registry
	$(BIN)/python -m duolect.coverage > docs/coverage.md

cover: $(VENV)/.test
	$(BIN)/python -m pytest -n $(WORKERS) --cov --cov-report=term --cov-report=html $(ARGS)

bench: $(VENV)/.test
	$(BIN)/python -m tests.bench $(ARGS)

# Beside another revision: make bench-against REV=v0.1 ARGS="--rounds 5"
bench-against: $(VENV)/.test
	$(BIN)/python -m tests.bench.against --rev $(REV) $(ARGS)

# A hundred jobs at once on three emulators: make bench-shared ARGS="--jobs 30"
bench-shared: $(VENV)/.test
	$(BIN)/python -m tests.bench.shared $(ARGS)

# With a store in a file, and in PostgreSQL, beside itself in memory.
bench-store: $(VENV)/.test
	$(BIN)/python -m tests.bench.stores $(ARGS)

# Beside moto's server, which is installed into build/peers.
bench-peers: $(VENV)/.test
	$(BIN)/python -m tests.bench.peers $(ARGS)

# One account with 100,000 interfaces: make bench-scale ARGS="--interfaces 10000 --results scale.json"
bench-scale: $(VENV)/.test
	$(BIN)/python -m tests.bench.scale $(ARGS)

hostile: $(VENV)/.test
	$(BIN)/python -m tests.hostile $(ARGS)

# Minutes, seed and report: make soak ARGS="--minutes 30 --seed 2 --report build/soak"
soak: $(VENV)/.test
	$(BIN)/python -m tests.soak $(ARGS)

# Image and archive: deploy/image/build.sh says what can be set. What it is built of is in its lock files.
image:
	bash deploy/image/build.sh

image-test: $(VENV)/.test
	OUTPUT=build/duolect-image.tar bash deploy/image/build.sh
	WITH=postgres OUTPUT=build/duolect-postgres-image.tar bash deploy/image/build.sh
	DUOLECT_IMAGE=$(CURDIR)/build/duolect-image.tar \
	    DUOLECT_POSTGRES_IMAGE=$(CURDIR)/build/duolect-postgres-image.tar $(BIN)/python -m pytest -rP tests/image $(ARGS)

image-lock:
	$(PYTHON) -m venv build/lock && build/lock/bin/pip install --quiet uv==0.13.9
	for each in '--extra tls -o deploy/image/requirements.txt deploy/image/requirements.in pyproject.toml' \
	            '-c deploy/image/requirements.txt -o deploy/image/postgres-requirements.txt deploy/image/postgres-requirements.in' \
	            '-o deploy/image/build-requirements.txt deploy/image/build-requirements.in'; do \
	    build/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.13 --generate-hashes \
	        --no-header --no-annotate $$each; \
	done

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov

$(VENV)/.made:
	$(PYTHON) -c 'import sys; sys.exit("Duolect needs Python 3.11 or newer, this is " + sys.version if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.run: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[tls]'
	touch $@

$(VENV)/.test: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[sdk,test]'
	touch $@ $(VENV)/.run

$(VENV)/.lint: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[lint]'
	touch $@
