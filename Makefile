# make run · make dev · make test · make bench · make relevance    (README.md)
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export PORT
# The parts of the set-up do not wait for one another.
MAKEFLAGS += --jobs=2

.PHONY: run dev setup test bench relevance requirements

run: setup .data/static/staticfiles.json
	@IKONE_ENV=local exec $(BIN)/python -m ikone.portal

dev: setup
	@IKONE_ENV=development exec $(BIN)/python -m ikone.portal --reload

setup: .venv/base static/vendor/installed documents/fonts/installed locale/en/LC_MESSAGES/django.mo search/analysis/german.words

.venv/base: requirements/base.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

.venv/dev: .venv/base requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.package-lock.json: package-lock.json
	@npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

# Only what pages load: KERN's minified style, three weights of Fira Sans cut down to Latin, htmx, and the
# outlines of the Länder.
KERN := node_modules/@kern-ux/native/dist
LATIN := U+0020-007E,U+00A0-017F,U+2010-2027,U+202F,U+2030,U+2039-203A,U+20AC,U+2122,U+2190-2193,U+2212,U+2713

static/vendor/installed: node_modules/.package-lock.json .venv/base
	@rm -rf static/vendor && mkdir -p static/vendor/kern static/vendor/fonts static/vendor/htmx static/vendor/map
	@cp $(KERN)/kern.min.css static/vendor/kern/
	@for weight in Regular Medium SemiBold; do \
	    $(BIN)/pyftsubset $(KERN)/fonts/fira-sans/FiraSans-$$weight.woff2 --unicodes=$(LATIN) --flavor=woff2 \
	        --layout-features=kern,liga,mark,mkmk,tnum,locl,ccmp --output-file=static/vendor/fonts/FiraSans-$$weight.woff2 \
	        2>/dev/null || { echo "The fonts could not be cut down."; exit 1; }; \
	done
	@cp node_modules/htmx.org/dist/htmx.min.js static/vendor/htmx/
	@cp node_modules/@svg-maps/germany/germany.svg static/vendor/map/
	@touch $@

# Documents on paper show every letter that the font has, so nothing is cut away.
documents/fonts/installed: node_modules/.package-lock.json .venv/base
	@rm -rf documents/fonts && mkdir -p documents/fonts
	@for style in Regular Italic SemiBold SemiBoldItalic; do \
	    $(BIN)/fonttools ttLib.woff2 decompress $(KERN)/fonts/fira-sans/FiraSans-$$style.woff2 \
	        -o documents/fonts/FiraSans-$$style.ttf >/dev/null 2>&1 || { echo "The fonts could not be unpacked."; exit 1; }; \
	done
	@touch $@

locale/en/LC_MESSAGES/django.mo: locale/en/LC_MESSAGES/django.po .venv/base
	@$(BIN)/pybabel --quiet compile --domain django --directory locale --locale en

# Parts of German compounds, drawn out of a word list that is too large for every process.
search/analysis/german.words: search/analysis/german.toml search/analysis/dictionary.py search/analysis/words.py .venv/base
	@$(BIN)/python -m search.analysis.dictionary

test: setup .venv/dev
	@bash tests/run_checks

# Collecting compresses every file, which takes longer than the start itself: only after a change.
.data/static/staticfiles.json: $(shell find static -type f) static/vendor/installed .venv/base
	@IKONE_ENV=local $(BIN)/python manage.py collectstatic --noinput --clear --verbosity 0

bench: setup
	@$(BIN)/python -m tests.bench $(ARGS)

relevance: setup .venv/dev
	@RELEVANCE_REPORT=docs/relevance.md IKONE_ENV=test $(BIN)/python -m pytest tests/relevance -q -k as_good
	@cat docs/relevance.md

requirements: .venv/dev
	@bash requirements/pin
