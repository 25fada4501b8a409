"""A long file: in batches and on several cores, and still all of it or nothing."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from cities.enums import NetworkStatus
from cities.models import City, StatusChange
from cities.products.models import Product, ProductUse
from practices.enums import Kind, Status
from practices.exchange_format import importing
from practices.exchange_format.inserting import insert
from practices.models import Practice
from search import entering
from search.checking import Difference, differences
from search.entries import rebuild
from search.models import Entry
from tests.factories import make_city
from tests.practices.test_exchange import line, places, refused, run, write
from topics.models import Topic

__all__ = ["places"]  # a fixture that every test here uses
pytestmark = pytest.mark.django_db


def drift() -> list[Difference]:
    """Of whatever source: an import also brings cities and topics along."""
    return list(differences())


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 4)
    monkeypatch.setattr(entering, "PIECE", 2)


def test_a_long_file_is_taken_over_by_batches_and_found_as_one(tmp_path: Path, small_batches: None) -> None:
    far = make_city("Fernheim", ags="07333000", slug="fernheim", status=NetworkStatus.OUTSIDE)
    product = Product.objects.create(name="Aktenfix", slug="aktenfix", vendor="Musterhaus")
    ProductUse.objects.create(city=far, product=product, purpose="Ablage")
    rebuild()
    lines = [
        line(
            external_id=f"archiv-{number}",
            title=f"Ampel Nummer{number}",
            city={"ags": "07333000" if number % 3 else "07111000"},
            kind="lesson" if number % 2 else "practice",
            status="draft" if number == 5 else "published",
            topics=["e-akte", f"Verkehr {number % 2}"],
        )
        for number in range(11)
    ]
    file = write(tmp_path, *lines)
    output = run(file, admit_cities=True, create_topics=True)
    assert "Aufgenommen: 11" in output
    assert "Angelegte Themen: 2 (Verkehr 0, Verkehr 1)" in output
    city = City.objects.get(ags="07333000")
    assert (city.status, city.version) == (NetworkStatus.GUEST, 2)
    joined = StatusChange.objects.get()
    assert (joined.city, joined.before, joined.after, joined.by) == (city, "outside", "guest", None)
    assert Entry.objects.filter(source=1).count() == 10
    assert Entry.objects.filter(source=9, object_id=product.pk).exists()
    assert not drift()
    for title in ("Fernheim", "Verkehr 1"):
        assert title in Client().get("/suche/", {"q": title}).content.decode()
    for made in Topic.objects.filter(name__startswith="Verkehr"):
        (event,) = made.events.all()  # type: ignore[attr-defined]
        assert event.pgh_context.metadata == {"command": "import_practices", "file": file.name}
    for practice in Practice.objects.all():
        assert practice.title == f"Ampel Nummer{str(practice.external_id).removeprefix('archiv-')}"
        (event,) = practice.events.all()  # type: ignore[attr-defined]
        assert event.pgh_context.metadata == {"command": "import_practices", "file": file.name}
    assert "unverändert: 11" in run(file, admit_cities=True)
    message = refused(write(tmp_path, *[each | {"title": "Anders"} for each in lines], line(kind="gedicht")))
    assert "Zeile 12: kind" in message
    assert not Practice.objects.filter(title="Anders").exists()
    assert not drift()


def test_new_write_ups_are_stored_as_django_would(db: None) -> None:
    city = City.objects.get(ags="07111000")
    given: dict[str, Any] = {
        "city": city, "summary": "Kurz.", "starting_point": "a", "solution": "b", "lessons": "c",
        "status": Status.PUBLISHED, "published_at": timezone.now(), "confirmed_on": dt.date(2024, 5, 4),
    }  # fmt: skip
    one = Practice(title="Eins „ä“ \\ ' {1,2}", external_id="eins", kind=Kind.LESSON, **given)
    two = Practice(title="Zwei", external_id="zwei", contact_email="amt@example.org", **given)
    insert([one, two])
    Practice.objects.bulk_create([
        other := Practice(title=one.title, external_id="drei", kind=Kind.LESSON, **given)
    ])  # fmt: skip
    rows: dict[int, dict[str, Any]] = {row["id"]: {**row} for row in Practice.objects.values()}
    assert (rows[one.pk]["title"], rows[two.pk]["contact_email"]) == (one.title, "amt@example.org")
    differ = {name for name, value in rows[one.pk].items() if rows[other.pk][name] != value}
    assert differ <= {"id", "external_id", "created_at", "updated_at"}
    with pytest.raises(DatabaseError), transaction.atomic():
        insert([Practice(title=title, external_id=title[:4], **given) for title in ("x" * 121, "kurz")])
    insert([])
    assert Practice.objects.count() == 3
