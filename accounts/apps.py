from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Personen")

    def ready(self) -> None:
        from accounts import privacy  # noqa: PLC0415  models are ready only now
        from accounts.privacy.own import OWN  # noqa: PLC0415
        from notifications.kinds import MailKind, register  # noqa: PLC0415

        privacy.register(OWN)
        register(
            MailKind(
                "account",
                _("Sicherheit meines Kontos"),
                _("Passwort, E-Mail-Adresse, zweiter Faktor, Einladungen."),
                is_optional=False,
            )
        )
