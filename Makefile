# The two to remember: `make site` builds the example portfolio's site, `make test` runs the tests.
# Each does all of its own set-up; a second run does only what is left to do.

# The example portfolio is dated, so that it looks the same on every day
EXAMPLE_TODAY := 2026-11-23
# More than two cores: tests wait for browsers, servers and other programs
WORKERS ?= 3

BIN := .venv/bin
# What stands in .venv: what building a site needs, and what developers need besides
FOR_SITE := .venv/.for-site
FOR_TESTS := .venv/.for-tests
SCHEMA := site_config/playbook.schema.json
# Empty: the newest Python that works, see .ci/python
export PYTHON ?=

MAKEFLAGS += --no-builtin-rules
# Python is started hundreds of times; each would compile the program anew
unexport PYTHONDONTWRITEBYTECODE
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help setup site test check proof net format docs lock bench golden pictures clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(FOR_TESTS) ## make .venv with all that developers need

site: $(FOR_SITE) ## check the example portfolio and build its site
	$(BIN)/playbook check --today $(EXAMPLE_TODAY)
	$(BIN)/playbook build --today $(EXAMPLE_TODAY) --lang both
	@echo
	@echo "The site is ready: open $(CURDIR)/site/index.html"
	@echo "or serve it with live reload: $(BIN)/playbook serve --today $(EXAMPLE_TODAY)"

test: setup ## run the tests; installs Chromium where it is missing and can be had
	@.ci/browser
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: setup ## prove everything: form, types, tests, generated files, the example portfolio
	@.ci/browser
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/playbook schema | diff - $(SCHEMA) || { echo "run 'make docs'" >&2; exit 1; }
	$(BIN)/cog --check --check-fail-msg "run 'make docs'" -P README.md mkdocs.yml templates/guide/facts.md.j2
	$(BIN)/python -m generator.messages --check
	$(BIN)/playbook check --today $(EXAMPLE_TODAY)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --cov --cov-report term

proof: setup ## prove it at full numbers, hours; SEED=N repeats a run, PARTS="faults …" runs some
	@.ci/browser
	nice -n 10 $(BIN)/python -m tests.proof.run --workers $(WORKERS) \
	  $(if $(SEED),--seed $(SEED)) $(PARTS)

net: setup ## does it write what it wrote? AGAINST=REV, FULL=1 for 1,000 accounts, WORDS=aside
	$(BIN)/python -m tests.net $(if $(AGAINST),--against $(AGAINST)) $(if $(FULL),--full) \
	  $(if $(WORDS),--words-aside)

format: setup ## put the code into its form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: setup ## make the generated files anew: the JSON Schema, navigation, parts of README and guide
	$(BIN)/playbook schema > $(SCHEMA).new
	mv $(SCHEMA).new $(SCHEMA)
	$(BIN)/cog -r -P README.md mkdocs.yml templates/guide/facts.md.j2
	$(BIN)/python -m generator.messages

lock: setup ## make the locks anew, with the newest versions that fit
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal \
	  --python-version 3.11 --generate-hashes --all-extras --group dev --upgrade \
	  --output-file requirements.lock pyproject.toml
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal \
	  --python-version 3.11 --generate-hashes --constraint requirements.lock \
	  --group site --output-file .ci/site.lock pyproject.toml
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal \
	  --python-version 3.11 --generate-hashes --constraint requirements.lock \
	  --output-file .ci/action/requirements.lock pyproject.toml

bench: setup ## measure, and write the table into the README
	$(BIN)/python tests/bench/bench.py

golden: setup ## write the files that golden tests compare with anew; review the difference
	$(BIN)/python -m pytest -m golden --rewrite

pictures: setup site ## take the README's pictures of the example site anew
	@.ci/browser
	$(BIN)/python .ci/pictures.py

clean: ## remove what was built, and the caches; keeps .venv
	rm -rf build dist htmlcov .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis
	test ! -L site || rm site

$(FOR_SITE): .ci/site.lock pyproject.toml .ci/install
	@.ci/install .ci/site.lock
	@touch $@

# Needs no $(FOR_SITE): whoever runs the tests first does not install the same twice
$(FOR_TESTS): requirements.lock .ci/site.lock pyproject.toml .ci/install
	@.ci/install requirements.lock
	@touch $(FOR_SITE) $@
