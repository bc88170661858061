# Needs Python 3.11 or 3.12 and make. Everything else is installed into .venv, nothing outside it.

PYTHON ?= python3
PY := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup run story journeys page handouts test words mutants golden bench lint clean

help:  ## say what each target does
	@awk -F':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.stamp  ## make .venv from the locked requirements (the other targets do it too)

run: .venv/.stamp  ## run the default comparison, print it, write the report under results/
	.venv/bin/omnijourney compare experiment=default

story: .venv/.stamp  ## tell one customer's year under two strategies side by side
	.venv/bin/omnijourney story --customer anders

journeys: .venv/.stamp  ## print for how many of 100 people each scripted journey hangs together
	.venv/bin/omnijourney journeys

page: .venv/.stamp  ## serve the workshop's page on this machine
	.venv/bin/omnijourney page

handouts: .venv/.stamp  ## write the sheets of the workshop, to be printed
	.venv/bin/omnijourney handouts

test: .venv/.stamp  ## run every test, on two processes
	$(PY) -m pytest -n 2

words: .venv/.stamp  ## bring the catalogues of languages in step with what is said
	@$(PY) -m sim.language.collect

mutants: .venv/.stamp  ## put small faults into rules and measures; say which no test notices
	$(PY) tests/mutants

golden: .venv/.stamp  ## keep the lively world's log anew: make golden reason="what changed"
	@$(PY) tests/golden.py "$(reason)"

bench: .venv/.stamp  ## measure speed and memory, and a crowd before the page; write results/*.json
	$(PY) benchmarks/bench.py
	$(PY) benchmarks/page.py

lint: .venv/.stamp  ## check style, and the types of settings and measures
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	@! find tests -name 'test_*.py' | sed 's|.*/||' | sort | uniq -d | grep . || \
	  { echo "two test files of one name: pytest would collect only one" >&2; exit 1; }

clean:  ## remove .venv and caches; results stay
	rm -rf .venv build *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is written last: a set-up that was interrupted is taken up again. Where Debian's
# python3-venv is missing, `venv` leaves a folder without pip; the pip outside installs into it.
.venv/.stamp: requirements.lock pyproject.toml
	@rm -f $@
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' || \
	  { echo "omnijourney needs Python 3.11 or 3.12. Name one: make PYTHON=python3.11" >&2; exit 1; }
	@echo "Setting up .venv from requirements.lock (once, about a minute)"
	@$(PY) -c 'import pip' 2>/dev/null || { rm -rf .venv; $(PYTHON) -m venv .venv >/dev/null 2>&1; } || \
	  { rm -rf .venv; $(PYTHON) -m venv --without-pip .venv; }
	@if $(PY) -c 'import pip' 2>/dev/null; then pip="$(PY) -m pip"; \
	elif $(PYTHON) -c 'import pip' 2>/dev/null; then pip="$(PYTHON) -m pip --python $(PY)"; \
	else echo "No pip found. On Debian: apt install python3-venv" >&2; exit 1; fi; \
	export PIP_DISABLE_PIP_VERSION_CHECK=1; \
	$$pip install -qq -r requirements.lock && $$pip install -qq --no-deps -e .
	@touch $@
