"""What the sweeps' world has on the coordinators' desk."""

from datetime import timedelta

from django.utils import timezone

from cities.models import City, JoinRequest
from cities.people.actions import hash_of
from ikone.models import OperatorPage

JOIN_TOKEN = "ein-wort-zum-mitmachen"
WISH = "Beitrittsgeheimnis"


def make_page_with_versions() -> OperatorPage:
    page = OperatorPage.objects.create(slug="datenschutz", title="Datenschutz", body="<p>Früher.</p>")
    page.body, page.version = "<p>Heute.</p>", 2
    page.save()
    return page


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
