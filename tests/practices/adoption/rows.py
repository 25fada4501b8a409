"""Adoptions for tests, entered as the portal enters them."""

from typing import Any

from accounts.models import User
from cities.models import City
from practices.adoption import actions
from practices.adoption.actions import Standing
from practices.adoption.enums import Stage
from practices.models import Adoption, AdoptionFigure, BuildingBlock, Practice
from tests.factories import make_city, make_practice, make_user


def adopt(
    subject: Practice | BuildingBlock | None = None,
    *,
    city: City | None = None,
    stage: str = Stage.LIVE,
    since: str = "2024-03",
    remark: str = "Ein Satz dazu.",
    by: User | None = None,
    confirmed: bool = False,
    **fields: Any,
) -> Adoption:
    """An adoption by a city of its own; with `confirmed` a manager of it has confirmed it."""
    city = city or make_city()
    by = by or make_user("manager", city=city)
    adoption = actions.adopt(
        subject=subject or make_practice(), city=city, standing=Standing(stage, since, remark), by=by
    )
    if fields:
        Adoption.objects.filter(pk=adoption.pk).update(**fields)
    if confirmed:
        actions.confirm(adoption=adoption, by=by)
    adoption.refresh_from_db()
    return adoption


def saved(adoption: Adoption, amount: float, **fields: Any) -> AdoptionFigure:
    """A measured yearly saving unless told otherwise."""
    values = {"kind": "saving_yearly", "basis": "measured", "source": "Haushalt 2025"} | fields
    return AdoptionFigure.objects.create(adoption=adoption, amount=amount, **values)
