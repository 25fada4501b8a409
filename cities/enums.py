"""Vocabulary of municipalities: keys as in the official register (Destatis) and its German names."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Bundesland by the first two digits of the AGS."""

    SH = "01", "Schleswig-Holstein"
    HH = "02", "Hamburg"
    NI = "03", "Niedersachsen"
    HB = "04", "Bremen"
    NW = "05", "Nordrhein-Westfalen"
    HE = "06", "Hessen"
    RP = "07", "Rheinland-Pfalz"
    BW = "08", "Baden-Württemberg"
    BY = "09", "Bayern"
    SL = "10", "Saarland"
    BE = "11", "Berlin"
    BB = "12", "Brandenburg"
    MV = "13", "Mecklenburg-Vorpommern"
    SN = "14", "Sachsen"
    ST = "15", "Sachsen-Anhalt"
    TH = "16", "Thüringen"


class Designation(models.TextChoices):
    """Textkennzeichen of a municipality in GV-ISys."""

    MARKET = "60", _("Markt")
    INDEPENDENT_CITY = "61", _("kreisfreie Stadt")
    URBAN_DISTRICT = "62", _("Stadtkreis")
    TOWN = "63", _("Stadt")
    MUNICIPALITY = "64", _("Gemeinde")
    UNINCORPORATED_INHABITED = "65", _("gemeindefreies Gebiet, bewohnt")
    UNINCORPORATED = "66", _("gemeindefreies Gebiet")
    LARGE_DISTRICT_TOWN = "67", _("Große Kreisstadt")


class Urbanisation(models.TextChoices):
    """Grad der Verstädterung (DEGURBA)."""

    DENSE = "01", _("dicht besiedelt")
    MEDIUM = "02", _("mittlere Besiedlungsdichte")
    SPARSE = "03", _("gering besiedelt")


class CentralPlace(models.TextChoices):
    HIGH = "high", _("Oberzentrum")
    MIDDLE = "middle", _("Mittelzentrum")
    BASIC = "basic", _("Grundzentrum")


class SizeClass(models.TextChoices):
    """Stadt- und Gemeindetyp by population alone (BBSR's thresholds)."""

    # No-break spaces keep a range in one line.
    LARGE_CITY = "large_city", _("Großstadt (ab 100.000)")
    LARGER_MEDIUM = "larger_medium", _("größere Mittelstadt (50.000 bis 99.999)")
    SMALLER_MEDIUM = "smaller_medium", _("kleinere Mittelstadt (20.000 bis 49.999)")
    LARGER_SMALL = "larger_small", _("größere Kleinstadt (10.000 bis 19.999)")
    SMALL = "small", _("kleine Kleinstadt (5.000 bis 9.999)")
    RURAL = "rural", _("Landgemeinde (unter 5.000)")


SIZE_THRESHOLDS = [
    (100_000, SizeClass.LARGE_CITY),
    (50_000, SizeClass.LARGER_MEDIUM),
    (20_000, SizeClass.SMALLER_MEDIUM),
    (10_000, SizeClass.LARGER_SMALL),
    (5_000, SizeClass.SMALL),
    (0, SizeClass.RURAL),
]


class NetworkStatus(models.TextChoices):
    MEMBER = "member", _("Mitglied")
    GUEST = "guest", _("Gast")
    PAUSED = "paused", _("Mitgliedschaft ruht")
    FORMER = "former", _("ausgeschieden")
    OUTSIDE = "outside", _("noch nicht im Netzwerk")


# Whose people write and read what the network shares; the others keep their page and what they wrote.
IN_NETWORK = (NetworkStatus.MEMBER, NetworkStatus.GUEST)


class JoinAnswer(models.TextChoices):
    """What became of a city's wish to join."""

    ADMITTED = "admitted", _("aufgenommen")
    DECLINED = "declined", _("abgelehnt")


class Role(models.TextChoices):
    """What a person may do for a city; see `cities.permissions`."""

    AUTHOR = "author", _("Redaktion")
    MANAGER = "manager", _("Verwaltung der Stadtseite")
    LEADER = "leader", _("Leitung (OBM)")


class RegisterFormat(models.TextChoices):
    """The two forms in which Destatis publishes the register."""

    GV100AD = "gv100ad", "GV100AD"
    AUSZUG = "auszug", _("Auszug GV")
