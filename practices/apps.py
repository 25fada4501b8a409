from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Praxis")

    def ready(self) -> None:
        from accounts import privacy  # noqa: PLC0415
        from cities.standing import ties  # noqa: PLC0415
        from documents import builds  # noqa: PLC0415
        from notifications import kinds  # noqa: PLC0415  models are ready only now
        from practices import similar  # noqa: PLC0415
        from practices.adoption.mails import KINDS as ADOPTION_MAILS  # noqa: PLC0415
        from practices.blocks.search_entry import BLOCKS  # noqa: PLC0415
        from practices.collecting.folder import FOLDER  # noqa: PLC0415
        from practices.collecting.mails import KIND as SHARED  # noqa: PLC0415
        from practices.collecting.panels import register_panels as register_collections  # noqa: PLC0415
        from practices.collecting.privacy import COLLECTIONS  # noqa: PLC0415
        from practices.contacting.mails import KIND  # noqa: PLC0415
        from practices.mails import KINDS  # noqa: PLC0415
        from practices.orphans.ties import TIES  # noqa: PLC0415
        from practices.panels import register_panels  # noqa: PLC0415
        from practices.privacy import PRACTICES as PRIVACY  # noqa: PLC0415
        from practices.search_entry import PRACTICES  # noqa: PLC0415
        from practices.tagging.work import register_work  # noqa: PLC0415
        from practices.topic_pieces import register_pieces  # noqa: PLC0415
        from search.sources import register  # noqa: PLC0415

        register(PRACTICES)
        privacy.register(PRIVACY)
        kinds.register(*KINDS, KIND, SHARED, *ADOPTION_MAILS)
        register(BLOCKS)
        register_panels()
        ties.register(*TIES)
        register_collections()
        builds.register(FOLDER)
        privacy.register(COLLECTIONS)
        register_work()
        similar.register_panels()
        register_pieces()
