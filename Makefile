# Two commands do everything on a fresh machine: `make crawl` and `make test`.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: crawl test quick torture torture-full demo bench readme site screenshots test-datasette coverage dist sbom audit live environment lint clean

crawl: $(VENV)/.litdb
	$(BIN)/litdb crawl seeds/

test: $(VENV)/.dev
	$(BIN)/python -m pytest -x -q --numprocesses auto --dist worksteal

# While one works: most of the tests in a fraction of the time.
quick: $(VENV)/.dev
	$(BIN)/python -m pytest -x -q -m "not slow" --numprocesses auto --dist worksteal

# Less of everything than docs/threats.md says, within twenty minutes; all of it: make torture-full
KILLS ?= 300
SECONDS ?= 20
PAGES ?= 2000
SCALE ?= 0.02
torture: $(VENV)/.dev
	$(BIN)/python tests/torture/kill.py --points $(KILLS)
	$(BIN)/python tests/torture/full.py
	$(BIN)/python tests/torture/damage.py
	$(BIN)/python tests/torture/fuzz.py --seconds $(SECONDS)
	$(BIN)/python tests/torture/many.py --scale $(SCALE)
	$(BIN)/python tests/graph/web_of_works.py
	$(BIN)/python tests/graph/web_of_works.py --kills 20
	$(BIN)/python tests/pages/hostile.py --pages $(PAGES)
	$(BIN)/python tests/pages/hostile.py --patterns

torture-full:
	$(MAKE) torture KILLS=2000 SECONDS=120 PAGES=10000 SCALE=1

demo: $(VENV)/.litdb
	$(BIN)/litdb demo

# One table of all benches, 20 minutes on two processors; only some: make bench BENCH='scan export'
bench: $(VENV)/.dev
	$(BIN)/python bench/table.py $(BENCH)

readme: $(VENV)/.dev
	$(BIN)/python tests/chromium/first_screen.py

site: $(VENV)/.dev
	$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going docs build/site

screenshots: $(VENV)/.dev
	$(BIN)/python tests/chromium/screenshots.py screenshots/

# With another Datasette than that of requirements.lock: make test-datasette DATASETTE='datasette>=1.0a1,<2'
DATASETTE ?= datasette>=0.65,<0.66
test-datasette: $(VENV)/.dev
	$(PIP) install --pre '$(DATASETTE)'
	$(BIN)/python -m pytest -q tests/browse tests/test_browse.py

# Branches of the pure rooms (tests/test_packaging.py says which) that no test takes.
coverage: $(VENV)/.dev
	@mkdir -p build && $(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m pytest -q --numprocesses auto --dist worksteal
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage json --quiet -o build/coverage.json
	$(BIN)/python tests/branches.py build/coverage.json

dist: $(VENV)/.tools
	$(VENV)/tools/bin/python -m build --outdir dist .

sbom: $(VENV)/.litdb $(VENV)/.tools
	@mkdir -p dist
	$(VENV)/tools/bin/cyclonedx-py environment --pyproject pyproject.toml --output-file dist/litdb.cdx.json $(BIN)/python

audit: $(VENV)/.tools
	$(VENV)/tools/bin/pip-audit --strict --requirement requirements.lock --no-deps --disable-pip

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

$(VENV)/.tools: $(BIN)/python
	$(BIN)/python -m venv $(VENV)/tools
	$(VENV)/tools/bin/python -m pip --disable-pip-version-check --quiet install build cyclonedx-bom pip-audit
	@touch $@

clean:
	rm -rf $(VENV) dist build
