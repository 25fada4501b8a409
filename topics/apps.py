from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TopicsConfig(AppConfig):
    name = "topics"
    verbose_name = _("Themen")

    def ready(self) -> None:
        from accounts import privacy  # noqa: PLC0415  models are ready only now
        from cities.standing import ties  # noqa: PLC0415
        from notifications import kinds, undertakings  # noqa: PLC0415
        from search.sources import register  # noqa: PLC0415
        from topics import desk, merging, moving, splitting  # noqa: PLC0415
        from topics.nudging import CHECK  # noqa: PLC0415
        from topics.ozg import panels as ozg_panels  # noqa: PLC0415
        from topics.ozg.search_entry import SERVICES  # noqa: PLC0415
        from topics.panels import register_panels  # noqa: PLC0415
        from topics.privacy import TOPICS  # noqa: PLC0415
        from topics.search_entry import TOPICS as FINDABLE  # noqa: PLC0415
        from topics.ties import TIES  # noqa: PLC0415

        register(FINDABLE)
        register(SERVICES)
        register_panels()
        desk.register_groups()
        ozg_panels.register_panels()
        ties.register(*TIES)
        privacy.register(TOPICS)
        kinds.register(CHECK)
        moving.settle_twins("topics.Leadership", merging.stronger_part)
        undertakings.register(merging.MERGE, merging.merge)
        undertakings.register(merging.UNDO, merging.undo_merge)
        undertakings.register(splitting.SPLIT, splitting.split)
