from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Dokumente")

    def ready(self) -> None:
        from accounts import privacy  # noqa: PLC0415  models are ready only now
        from documents.privacy import DOCUMENTS  # noqa: PLC0415

        privacy.register(DOCUMENTS)
