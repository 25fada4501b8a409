from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ui.forms.messages import use_own_words

# Fields take the words when they are made, and other apps make some while they get ready.
use_own_words()


class UiConfig(AppConfig):
    name = "ui"
    verbose_name = _("Oberfläche")
