from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Personen")

    def ready(self) -> None:
        from notifications.kinds import MailKind, register  # noqa: PLC0415  like every app's

        register(
            MailKind(
                "account",
                _("Sicherheit meines Kontos"),
                _("Passwort, E-Mail-Adresse, zweiter Faktor, Einladungen."),
                is_optional=False,
            )
        )
