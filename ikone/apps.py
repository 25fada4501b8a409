from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IkoneConfig(AppConfig):
    name = "ikone"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from accounts import privacy  # noqa: PLC0415  models are ready only now
        from ikone.finding import elsewhere, saved  # noqa: PLC0415
        from ikone.finding.desk import VAIN_SEARCHES  # noqa: PLC0415
        from ikone.finding.following_topics import FOLLOWER  # noqa: PLC0415
        from ikone.statistics import building  # noqa: PLC0415
        from ikone.undelivered import UNDELIVERED  # noqa: PLC0415
        from notifications import undertakings  # noqa: PLC0415
        from notifications.naming import named_by  # noqa: PLC0415
        from topics import moving  # noqa: PLC0415
        from ui import desk  # noqa: PLC0415
        from ui.identity import identity  # noqa: PLC0415
        from ui.panels import Panel, register  # noqa: PLC0415

        named_by(lambda: identity().name)
        desk.register(UNDELIVERED, VAIN_SEARCHES)
        privacy.register(saved.PRIVACY)
        moving.register(FOLLOWER)
        register(Panel("practices.nothing", 10, "search/panels/elsewhere.html", elsewhere.panel))
        register(Panel("mine", 80, "search/panels/mine.html", saved.panel))
        undertakings.register(building.KIND, building.build)
