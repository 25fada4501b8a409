from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "exchange"
    verbose_name = _("Gesuche")

    def ready(self) -> None:
        from accounts import privacy  # noqa: PLC0415  models are ready only now
        from cities.standing import ties  # noqa: PLC0415
        from exchange.desk import UNANSWERED  # noqa: PLC0415
        from exchange.mails import KINDS  # noqa: PLC0415
        from exchange.panels import register_panels  # noqa: PLC0415
        from exchange.pieces import PIECE, TIES  # noqa: PLC0415
        from exchange.privacy import REQUESTS as PRIVACY  # noqa: PLC0415
        from exchange.search_entry import REQUESTS  # noqa: PLC0415
        from notifications import kinds  # noqa: PLC0415
        from search.sources import register  # noqa: PLC0415
        from topics import splitting  # noqa: PLC0415
        from ui import desk  # noqa: PLC0415

        register(REQUESTS)
        privacy.register(PRIVACY)
        kinds.register(*KINDS)
        ties.register(*TIES)
        splitting.register(PIECE)
        desk.register(UNANSWERED)
        register_panels()
