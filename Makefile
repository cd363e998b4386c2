# Two commands do everything on a fresh machine: `make crawl` and `make test`.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: crawl test torture demo bench screenshots live environment lint clean

crawl: $(VENV)/.litdb
	$(BIN)/litdb crawl seeds/

test: $(VENV)/.dev
	$(BIN)/python -m pytest -x -q --numprocesses auto --dist worksteal

torture: $(VENV)/.dev
	$(BIN)/python tests/torture/kill.py --points 300
	$(BIN)/python tests/torture/kill.py --points 60 --rebuild
	$(BIN)/python tests/torture/kill_writes.py
	$(BIN)/python tests/graph/web_of_works.py
	$(BIN)/python tests/graph/web_of_works.py --kills 20
	$(BIN)/python tests/pages/hostile.py --pages 10000
	$(BIN)/python tests/pages/hostile.py --patterns

demo: $(VENV)/.litdb
	$(BIN)/litdb demo

bench: $(VENV)/.dev
	for each in bench/*.py; do $(BIN)/python $$each; done

screenshots: $(VENV)/.dev
	$(BIN)/python tests/chromium/screenshots.py screenshots/

live: $(VENV)/.litdb
	$(BIN)/litdb sources --check

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

environment: $(BIN)/python

$(BIN)/python:
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 \
	  || { rm -rf $(VENV); $(PYTHON) -m virtualenv --quiet $(VENV) 2>/dev/null; } \
	  || { rm -rf $(VENV); echo "This Python cannot make an environment: install its venv package (Debian, Ubuntu: apt install python3-venv) or virtualenv."; exit 1; }

$(VENV)/.litdb: $(BIN)/python pyproject.toml requirements.lock
	$(PIP) install --constraint requirements.lock --editable '.[all]'
	@touch $@

$(VENV)/.dev: $(BIN)/python pyproject.toml requirements.lock
	$(PIP) install --constraint requirements.lock --editable '.[dev]'
	@touch $@ $(VENV)/.litdb

clean:
	rm -rf $(VENV) dist
