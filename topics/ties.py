"""What a city has on the map of topics."""

from django.utils.translation import ngettext

from cities.standing.ties import Tie
from topics.models import Leadership, ServiceProgress

TIES = [
    Tie(
        20,
        Leadership.objects.all,
        lambda n: ngettext("%(n)d Rolle bei einem Thema", "%(n)d Rollen bei Themen", n) % {"n": n},
    ),
    Tie(
        60,
        ServiceProgress.objects.all,
        lambda n: ngettext("%(n)d Angabe zum OZG", "%(n)d Angaben zum OZG", n) % {"n": n},
    ),
]
