# Everything installs what it needs first, into .venv in this folder.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo serve worker test lint fix bench messages vendor lock install clean

HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT
# For the commands after the scripts too: see tools/environment.sh.
RUN := . tools/environment.sh && exec

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: ## Build the demo once and serve it on http://HOST:PORT (PORT=8000)
	@tools/install.sh runtime
	@$(RUN) .venv/bin/loype demo $(ARGS)

serve: ## Serve the pages, starting anew when the code changes
	@tools/install.sh runtime
	@. tools/environment.sh && .venv/bin/loype migrate --quiet && exec .venv/bin/loype serve --reload $(ARGS)

worker: ## Do the jobs that wait
	@tools/install.sh runtime
	@$(RUN) .venv/bin/loype worker $(ARGS)

test: ## Lint and run all tests (PYTEST_ARGS='-k council')
	@tools/install.sh test
	@tools/test.sh

lint: ## Check the code without running it
	@tools/install.sh test
	@tools/lint.sh

fix: ## Mend what the linters can mend
	@tools/install.sh test
	-@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .
	-@find loype -path '*/templates/*' -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

bench: ## Measure with 10,000 and 100,000 ideas; writes bench/results.json
	@tools/install.sh test
	@$(RUN) .venv/bin/python -m bench $(ARGS)

messages: ## Collect the texts to translate, and compile the translations
	@tools/install.sh test
	@$(RUN) .venv/bin/python tools/messages.py $(ARGS)

vendor: ## Copy the pinned styles, scripts and fonts into the static files (needs Node)
	@tools/vendor.sh

lock: ## Write requirements/*.txt anew (UPGRADE=all, or UPGRADE='django')
	@UPGRADE='$(UPGRADE)' tools/lock.sh

install: ## Install only
	@tools/install.sh test

clean: ## Remove what installing and testing made; your data in var/ stays
	-@[ ! -x .venv/bin/loype ] || { .venv/bin/loype database stop; LOYPE_EMBEDDED=test .venv/bin/loype database stop; }
	rm -rf .venv .uv .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis \
		.coverage htmlcov test-results var/postgres-test
	find . -name __pycache__ -not -path './frontend/*' -prune -exec rm -rf {} +
	@echo "The data in var/ is kept; remove that folder to start from nothing."
