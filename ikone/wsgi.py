"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ikone.settings")
application = get_wsgi_application()


def _settle() -> None:
    """Let the collector pass over what is loaded by now and lives as long as the process, the word list above
    all.

    A page makes some ten thousand objects, and Python collects every 700 of them unless told otherwise.
    """
    from search.analysis.dictionary import dictionary  # noqa: PLC0415  apps are ready only now

    dictionary()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


_settle()
