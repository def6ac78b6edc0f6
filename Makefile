# 联办 Lianban. `make run` and `make test` set everything up by themselves on a machine with Python 3.11+ and make.
PYTHON ?= python3
PORT ?= 8080
VENV := .venv
BIN := $(VENV)/bin

# Programs are started often here: each start would compile everything again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test lint bench format docs rules locks clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.runtime ## serve both counties with a stand-in WeChat platform: open http://127.0.0.1:$(PORT)/
	@$(BIN)/python -m bot run --sandbox --port $(PORT)

test: $(VENV)/.dev browser ## the whole test suite
	@$(BIN)/python -m pytest

lint: $(VENV)/.dev ## ruff and mypy --strict
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/.dev ## let ruff put the layout right
	@$(BIN)/ruff check --fix-only -q .
	@$(BIN)/ruff format -q .

bench: $(VENV)/.dev ## figures: may take long
	@$(BIN)/python -m bench

docs: $(VENV)/.runtime ## draw the dialogues of both counties and the life of an order into docs/
	@{ echo "# 两县申请表的对话"; echo; echo "由 \`make docs\` 按县里的数据画出，不要手改。"; \
	  for county in xinxiang jingxian; do printf '\n## %s\n\n```mermaid\n' $$county; \
	  $(BIN)/python -m bot diagram $$county; printf '```\n'; done; } > docs/dialogues.md
	@$(BIN)/python -m bot lifecycle > docs/lifecycle.md

rules: $(VENV)/.dev ## take each rule of the counties out, see a test fail, write docs/coverage.md: takes long
	@$(BIN)/python -m tests.rules

locks: ## resolve the dependencies again (needs uv on the PATH)
	uv lock --upgrade
	uv export --frozen --no-header --no-dev -q -o requirements.lock
	uv export --frozen --no-header -q -o requirements-dev.lock

clean: ## remove what running and testing left behind
	rm -rf var .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Lianban needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock | $(VENV)/bin/python
	@echo "installing (first time only) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/bin/python
	@echo "installing for tests (first time only) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.runtime

# Chromium and a Chinese font for the tests in a real browser: from Debian, where that is possible; else those tests are
# skipped and say so (with CI=true they fail).
.PHONY: browser
browser:
	@if ! command -v chromium >/dev/null || ! fc-list :lang=zh 2>/dev/null | grep -q .; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "installing chromium and fonts (first time only) …"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk fontconfig >/dev/null; \
	  else echo "no chromium or no Chinese font, and no root to install them: browser tests will be skipped"; fi; fi
