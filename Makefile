# The only commands anyone needs; continuous integration runs the same ones.

.DEFAULT_GOAL := help
.PHONY: help demo run test spark check audit bench quality fuzz crash thorough clean

# The newest Python at hand that is new enough.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
JAVA := { "$$JAVA_HOME/bin/java" -version || java -version; } >/dev/null 2>&1
# The modules of benchmarks/ that measure speed, in the order of their answers.
SPEED := scan_speed language_speed list_growth list_sync screen_command look_back poll_cycle whole_path large month story_speed archive api

help:
	@echo "make demo     see the whole job on bundled input"
	@echo "make run      run the daemon on config.yaml"
	@echo "make test     run the tests"
	@echo "make spark    run the tests that need Spark and Java"
	@echo "make check    lint, format, types, import rules"
	@echo "make audit    ask an advisory service about the pinned dependencies"
	@echo "make bench    measure speed"
	@echo "make quality  measure precision and recall"
	@echo "make fuzz     read 20,000 mutated feeds, pages and list files"
	@echo "make crash    kill the program at every point of its work"
	@echo "make thorough run the tests that make test has no time for"
	@echo "make clean    remove the environment and everything made"

.venv/core: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "watchlist needs Python 3.11 or newer; none was found on PATH"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=23.3'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[demo,pages]'
	@touch $@

.venv/dev: .venv/core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,metrics,pages,postgres,web,xlsx]'
	@touch $@

demo: .venv/core
	@$(BIN)/watchlist demo

run: .venv/core
	@$(BIN)/watchlist run

# The tests start the program again and again: it is compiled once, whatever the environment says.
test spark crash thorough: export PYTHONDONTWRITEBYTECODE =

test: .venv/dev
	$(BIN)/pytest -n 2 --dist worksteal

# Apart from the rest: Spark is ten times as large as all other packages together.
.venv/spark: .venv/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[spark]'
	@touch $@

# Where there is no Java, nothing of it can run: that is said, and no failure.
spark: .venv/dev
	@if $(JAVA); then $(MAKE) --no-print-directory .venv/spark && \
		$(BIN)/pytest -n 0 -m 'spark and not crash' tests/archive/cluster; \
	else echo "make spark: SKIPPED, no Java on this machine: nothing of --engine spark was tested"; fi

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# In an environment of its own: it brings as many packages as the program has.
.venv/audit: .venv/core
	$(PYTHON) -m venv .venv/auditor
	.venv/auditor/bin/python -m pip install --quiet --disable-pip-version-check 'pip-audit>=2.7' && touch $@ || true

audit: .venv/audit
	@$(BIN)/python scripts/audit.py --auditor .venv/auditor/bin/pip-audit

bench: .venv/dev
	@for question in $(SPEED); do $(BIN)/python -m benchmarks.$$question || exit; done
	$(BIN)/pytest -m timing

quality: .venv/dev
	$(BIN)/python -m benchmarks.quality

fuzz: .venv/dev
	$(BIN)/python -m benchmarks.fuzz 20000

crash: .venv/dev
	$(BIN)/pytest -n 2 -m 'crash and not spark'
	@if $(JAVA); then $(MAKE) --no-print-directory .venv/spark && \
		$(BIN)/pytest -n 0 -m 'crash and spark' tests/archive/cluster; \
	else echo "make crash: no Java on this machine, so Spark was not killed"; fi

# What the plain suite takes a share of, and many more examples of each property; nothing else of it again.
thorough: HYPOTHESIS_PROFILE ?= thorough
thorough: .venv/dev
	HYPOTHESIS_PROFILE=$(HYPOTHESIS_PROFILE) $(BIN)/pytest -n 2 --dist worksteal --timeout 1800 \
		-m '(thorough or hypothesis) and not timing and not crash and not spark'

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
