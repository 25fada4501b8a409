"""What a city has written and taken over."""

from django.utils.translation import ngettext

from cities.standing.ties import Tie
from practices.models import Adoption, BuildingBlock, Practice

TIES = [
    Tie(10, Practice.objects.all, lambda n: ngettext("%(n)d Beitrag", "%(n)d Beiträge", n) % {"n": n}),
    Tie(15, BuildingBlock.objects.all, lambda n: ngettext("%(n)d Baustein", "%(n)d Bausteine", n) % {"n": n}),
    Tie(50, Adoption.objects.all, lambda n: ngettext("%(n)d Übernahme", "%(n)d Übernahmen", n) % {"n": n}),
]
