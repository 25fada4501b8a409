from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TopicsConfig(AppConfig):
    name = "topics"
    verbose_name = _("Themen")

    def ready(self) -> None:
        from topics.panels import register_panels  # noqa: PLC0415  models are ready only now

        register_panels()
