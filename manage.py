#!/usr/bin/env python
"""Django's command line; starts the project's own PostgreSQL where DATABASE_URL names none."""

import os
import sys

from django.core.management import execute_from_command_line

from ikone import embedded_postgres

WITHOUT_DATABASE = {"collectstatic", "makemessages", "compilemessages", "help", "version", "diffsettings"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ikone.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command not in WITHOUT_DATABASE and embedded_postgres.is_wanted():
        os.environ["DATABASE_URL"] = embedded_postgres.start()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
