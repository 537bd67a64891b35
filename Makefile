# What each command does and needs: docs/installation.md

.PHONY: help setup run test lint bench lock clean
.NOTPARALLEL:

help:
	@echo 'make setup   install what is missing, prepare the database, create demo users'
	@echo 'make run     the same, then serve on 127.0.0.1, port PORT or 8000'
	@echo 'make test    every test: SQLite, PostgreSQL, browser'
	@echo 'make lint    ruff, mypy, djlint, import-linter, migrations, OpenAPI document'
	@echo 'make bench   time pages, PDFs and the API against floors of the same run; PART=pages or api'
	@echo 'make lock    rebuild the lock files; UPGRADE=1 for the newest versions'
	@echo 'make clean   remove .venv and caches; var/ and its database stay'

setup:
	@bash tools/setup.sh

run:
	@bash tools/run.sh

test:
	@bash tools/test.sh

lint:
	@bash tools/lint.sh

bench:
	@bash tools/bench.sh $(PART)

lock:
	@bash tools/lock.sh

clean:
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .coverage
	@find . -name __pycache__ -not -path '*/node_modules/*' -type d -prune -exec rm -rf {} +
