from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CitiesConfig(AppConfig):
    name = "cities"
    verbose_name = _("Städte")

    def ready(self) -> None:
        from accounts import privacy  # noqa: PLC0415  models exist only now
        from accounts.backends import read_along  # noqa: PLC0415
        from cities.comparable.panels import of_city as comparable  # noqa: PLC0415
        from cities.joining.desk import WISHES  # noqa: PLC0415
        from cities.models import Membership  # noqa: PLC0415
        from cities.people.invitations import UNANSWERED  # noqa: PLC0415
        from cities.privacy import CITIES  # noqa: PLC0415
        from cities.products import panels as products  # noqa: PLC0415
        from cities.products.search_entry import PRODUCTS  # noqa: PLC0415
        from cities.search_entry import CITIES as FINDABLE  # noqa: PLC0415
        from cities.standing import ties  # noqa: PLC0415
        from cities.standing.actions import STANDING  # noqa: PLC0415
        from cities.standing.own import TIES  # noqa: PLC0415
        from notifications import kinds  # noqa: PLC0415
        from search.sources import register  # noqa: PLC0415
        from ui import desk, panels  # noqa: PLC0415

        register(FINDABLE)
        register(PRODUCTS)
        read_along("roles_read_along", Membership.objects.roles_by_city)
        privacy.register(CITIES)
        of_products = "cities/products/panel.html"
        panels.register(panels.Panel("city.main", 50, of_products, products.of_city, products.reads))
        panels.register(panels.Panel("city.main", 60, "cities/comparable/panel.html", comparable))
        kinds.register(STANDING)
        ties.register(*TIES)
        desk.register(WISHES, UNANSWERED)
