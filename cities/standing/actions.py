"""Changes of a city's status."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pghistory
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.mailing import write_to
from accounts.models import User
from cities import search_entry
from cities.enums import NetworkStatus
from cities.models import City, StatusChange
from cities.products import search_entry as products
from cities.standing.ties import ties_of
from notifications.kinds import MailKind

if TYPE_CHECKING:
    from collections.abc import Iterable

STANDING = MailKind(
    "city_standing",
    gettext_lazy("Mitgliedschaft meiner Stadt"),
    gettext_lazy("Wenn sie ruht, endet oder wieder auflebt: Das ändert, was Sie im Portal können."),
    is_optional=False,
)


class ChangedMeanwhileError(Exception):
    """Somebody has changed the city's status since the page was opened."""


class StillTiedError(Exception):
    """The city has things in the portal, so its admission was no mistake; the text says what to do."""


@transaction.atomic
def change_status(
    *, city: City, to: NetworkStatus, since: dt.date, remark: str, seen: str, by: User
) -> StatusChange:
    """Have a city pause, leave or come back, and tell its people by mail.

    `seen` is the status that the page showed. Raises ChangedMeanwhileError when it is another one now, and
    StillTiedError for a city that shall count as never admitted though it has things here.
    """
    locked = City.objects.select_for_update().get(pk=city.pk)
    if locked.status != seen or locked.status == to:
        raise ChangedMeanwhileError
    if to == NetworkStatus.OUTSIDE and (ties := ties_of(locked)):
        raise StillTiedError(
            _(
                "Von %(city)s steht schon etwas im Portal: %(ties)s. Wählen Sie „ausgeschieden“ oder "
                "„Mitgliedschaft ruht“; dann bleibt alles erhalten."
            )
            % {"city": locked.name, "ties": ", ".join(ties)}
        )
    change = StatusChange.objects.create(
        city=locked, before=locked.status, after=to, since=since, remark=remark, by=by
    )
    had_rights = locked.is_in_network
    locked.status = to
    locked.joined_on = locked.joined_on or since
    locked.version += 1
    with pghistory.context(user=by.pk):
        locked.save(update_fields=["status", "joined_on", "version"])
    search_entry.refresh(locked)
    products.refresh_of([locked.pk])
    if had_rights != locked.is_in_network:
        _tell(User.objects.filter(memberships__city=locked, is_active=True).exclude(pk=by.pk), change)
    return change


def _tell(people: Iterable[User], change: StatusChange) -> None:
    city = change.city
    if city.is_in_network:
        subject = format_lazy(gettext_lazy("{city} ist wieder im Netzwerk"), city=city.name)
    elif city.status == NetworkStatus.PAUSED:
        subject = format_lazy(gettext_lazy("Die Mitgliedschaft von {city} ruht"), city=city.name)
    else:
        subject = format_lazy(gettext_lazy("{city} ist nicht mehr im Netzwerk"), city=city.name)
    for person in people:
        write_to(
            person,
            kind=STANDING.code,
            subject=subject,
            template="city_standing",
            context={
                "city": city,
                "change": change,
                "link": urljoin(settings.BASE_URL, reverse("mine")),
            },
            reply_to=settings.COORDINATION_EMAIL,
        )
