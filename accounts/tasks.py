"""Jobs about people."""

from importlib import import_module

from django.conf import settings

from notifications.jobs import every


@every("47 2 * * *")
def forget_ended_sessions() -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
