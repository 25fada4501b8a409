"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ikone.settings")
application = get_wsgi_application()


def _settle() -> None:
    """Load what lives as long as the process, and let the collector pass it over.

    A page makes some ten thousand objects. Collected every 700 of them, as Python does unless told otherwise,
    a first search takes a third longer.
    """
    from search.analysis.dictionary import dictionary  # noqa: PLC0415  apps are ready only now

    dictionary()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


_settle()
