from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IkoneConfig(AppConfig):
    name = "ikone"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from ikone.undelivered import register_panels  # noqa: PLC0415  models are ready only now

        register_panels()
