"""What a city has in this app."""

from django.utils.translation import ngettext

from cities.models import Invitation, Membership, ProductUse
from cities.standing.ties import Tie

TIES = [
    Tie(30, Membership.objects.all, lambda n: ngettext("%(n)d Person", "%(n)d Personen", n) % {"n": n}),
    Tie(
        40,
        Invitation.objects.open,
        lambda n: ngettext("%(n)d offene Einladung", "%(n)d offene Einladungen", n) % {"n": n},
    ),
    Tie(
        70,
        ProductUse.objects.all,
        lambda n: ngettext("%(n)d eingesetztes Produkt", "%(n)d eingesetzte Produkte", n) % {"n": n},
    ),
]
