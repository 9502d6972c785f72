# `make demo` shows the whole job in a real QGIS; `make test` runs the tests. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup release fuzz test test-matrix bench lint i18n qm package link sandbox demo clean

PY := .venv/bin/python
# Windows without a display: an own X server, and the C locale's UTF-8 so that no test hangs on the machine's language.
XVFB := LC_ALL=C.UTF-8 xvfb-run -a -s "-screen 0 1600x1000x24"
ARGS ?=

help:  ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*  ## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

setup:  ## system packages when missing, and .venv made from the Python that imports qgis
	@tools/setup.sh

test: package  ## all tests but the version matrix (ARGS="-k name" for some)
	@tools/test.sh $(ARGS)

test-matrix: package  ## the QGIS tests on other QGIS versions, each in its own Debian root
	tools/matrix.sh $(ARGS)

fuzz: setup  ## mutated payloads over the parsers nearest to strangers (ARGS="100000": payloads a parser)
	$(PY) -m tests.fuzz $(or $(ARGS),10000)

bench: setup  ## the benchmarks: a table of ratios and build/bench.json
	$(XVFB) $(PY) -m tests.bench $(ARGS)

lint: package  ## style, types, security, Qt 6, translations
	@tools/lint.sh

i18n: setup  ## brings i18n/dinamis_qgis_fr.ts up to date and builds the .qm
	$(PY) tools/i18n.py update $(ARGS)
	$(PY) tools/i18n.py build

qm: setup
	@$(PY) tools/i18n.py build

package: qm  ## build/dinamis_qgis-<version>.zip
	$(PY) tools/package.py

release: package  ## version and news out of CHANGELOG.md, the zip, the checks of plugins.qgis.org
	$(PY) tools/release.py

link: setup qm  ## a development install into the user's QGIS profile (ARGS="--profile name")
	$(PY) tools/link.py $(ARGS)

sandbox: setup  ## the training service alone (ARGS="--port 8000 --auto-approve")
	@exec $(PY) -m dinamis_qgis.sandbox $(ARGS)

demo: package  ## the main job played through the real windows; report and screenshots in build/demo
	$(PY) tools/demo.py $(ARGS)

clean:  ## removes what the other commands made, but .venv
	rm -rf build dist i18n/*.qm .mypy_cache .ruff_cache .pytest_cache
	find dinamis_qgis tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
