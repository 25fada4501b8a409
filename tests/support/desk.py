"""What the sweeps' world has on the coordinators' desk."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from cities.models import City, JoinRequest
from cities.people.actions import hash_of
from ikone.models import OperatorPage, Report
from practices.enums import TagChangeKind
from practices.models import Practice, TagChange

JOIN_TOKEN = "ein-wort-zum-mitmachen"
WISH = "Beitrittsgeheimnis"


def make_page_with_versions() -> OperatorPage:
    page = OperatorPage.objects.create(slug="datenschutz", title="Datenschutz", body="<p>Früher.</p>")
    page.body, page.version = "<p>Heute.</p>", 2
    page.save()
    return page


def make_report() -> Report:
    year = {"first": date(2025, 1, 1), "last": date(2025, 12, 31)}
    return Report.objects.create(**year, pdf=b"%PDF-1.7", sheet=b"PK")


def make_wish(city: City) -> JoinRequest:
    """Confirmed, and waiting for an answer."""
    return JoinRequest.objects.create(
        city=city,
        name="Stelle in Fernstadt",
        office="Hauptamt",
        email="fernstadt@example.org",
        message=WISH,
        token_hash=hash_of(JOIN_TOKEN),
        expires_at=timezone.now() + timedelta(days=3),
        confirmed_at=timezone.now(),
    )


def make_tag_change(tagged: Practice) -> TagChange:
    """Done, and nothing to give back; the write-up has another tag."""
    tagged.tags.add("Aktenplanung")
    return TagChange.objects.create(
        kind=TagChangeKind.MERGE,
        sources=["E-Akten"],
        target="E-Akte",
        done_at=timezone.now(),
        kept={"taken": {}, "added": [], "target": 0, "spelled": "E-Akte", "synonyms": {}},
    )


@dataclass(frozen=True)
class OnDesk:
    wish: JoinRequest  # of the city outside, waiting for an answer
    tag_change: TagChange
    report: Report


def make_desk(outside: City, tagged: Practice) -> OnDesk:
    make_page_with_versions()
    return OnDesk(make_wish(outside), make_tag_change(tagged), make_report())
