# make demo   simulated devices and the exporter on loopback
# make test   every test, in a virtual environment that it sets up
# make lint   format, style and types
# make docs   renews the generated documents
# make bench  measures the cost of a probe
# make dist   builds wheel, source archive and SBOM
# make help   lists the rest

VENV := .venv
BIN := $(VENV)/bin
# One process per core; each file runs in one process, so that its fixtures are created once.
PARALLEL := --numprocesses auto --dist loadfile
MINUTES := 10
SECONDS := 600

.PHONY: help demo demo-prometheus test test-newest test-lowest test-systemd test-image constraints lint format docs screenshots mutation bench soak fuzz image release dist deb clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

demo: $(VENV)/.run ## start simulated devices and the exporter on loopback (Ctrl-C ends it)
	@$(BIN)/lantime-exporter demo

demo-prometheus: $(VENV)/.run ## the same with a Prometheus that evaluates the alert rules; the devices fail in turn
	@$(BIN)/lantime-exporter demo --with-prometheus

test: $(VENV)/.dev ## run all tests
	@tools/test-tools
	$(BIN)/pytest $(PARALLEL)

test-newest: ## run the tests with the newest release of every package; TESTS=tests/device limits them
	rm -rf $(VENV)-newest
	CONSTRAINTS= tools/venv $(VENV)-newest '.[dev]'
	@tools/test-tools
	$(VENV)-newest/bin/pytest $(PARALLEL) $(TESTS)

test-lowest: $(VENV)/.dev ## run the tests with the oldest releases that pyproject.toml allows; TESTS limits them
	rm -rf $(VENV)-lowest
	$(BIN)/python -m tools.constraints --lowest >$(VENV)/lowest.txt
	CONSTRAINTS=$(VENV)/lowest.txt tools/venv $(VENV)-lowest '.[dev]'
	@tools/test-tools
	$(VENV)-lowest/bin/pytest $(PARALLEL) $(TESTS)

constraints: $(VENV)/.dev ## pin the newest release of every package in constraints.txt
	$(BIN)/python -m tools.constraints

lint: $(VENV)/.dev ## check format, style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.dev ## format the code and apply automatic fixes
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.dev ## renew everything that is generated: documents, dashboards
	$(BIN)/python -m tools.configuration_reference docs
	$(BIN)/python -m tools.metrics_reference docs/metrics.md
	$(BIN)/python -m tools.alerts_table docs/alerts.md
	$(BIN)/python -m tools.dashboards dashboards
	$(BIN)/python -m tests.load.bench.document docs/performance.md

screenshots: $(VENV)/.dev ## draw the dashboards with Grafana's engine (needs node, npm, chromium, prometheus)
	$(BIN)/python -m tools.screenshots

mutation: $(VENV)/.dev ## mutate every alert rule; each mutant must fail a case (needs promtool)
	$(BIN)/python -m tests.alerts.alerts_mutation

bench: $(VENV)/.dev ## measure the CPU time of a probe
	$(BIN)/python -m tests.load.bench

soak: $(VENV)/.dev ## probe 200 simulated devices with faults for MINUTES=10 (needs prometheus and promtool)
	$(BIN)/python -m tests.load.soak --minutes $(MINUTES)

fuzz: $(VENV)/.dev ## fuzz everything that reads external bytes, SECONDS=600 for each of six targets
	$(BIN)/python -m tests.load.fuzz --seconds $(SECONDS)

test-systemd: ## install the Debian package under real versions of systemd (needs root, debootstrap, systemd-container)
	tools/test-systemd $(SUITES)

image: ## build the container image of the last commit with buildah
	tools/image

test-image: $(VENV)/.run ## build the image on Debian's packages and run it (needs root, buildah, debootstrap, systemd-container)
	tools/test-image

dist: $(VENV)/.dev ## build wheel, source archive and SBOM of the last commit
	tools/dist

release: dist deb ## build all that a release publishes
	git archive --format=zip --output=dist/lantime-exporter-alerts-and-dashboards.zip HEAD alerts dashboards

deb: $(VENV)/.dev ## build a Debian package of the last commit
	tools/deb

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) $(VENV)-newest $(VENV)-lowest .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.run: pyproject.toml constraints.txt
	@tools/venv $(VENV) .

$(VENV)/.dev: pyproject.toml constraints.txt
	@tools/venv $(VENV) '.[dev]'
