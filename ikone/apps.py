from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IkoneConfig(AppConfig):
    name = "ikone"
    verbose_name = _("Portal")
