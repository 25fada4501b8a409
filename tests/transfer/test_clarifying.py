"""What a city clarifies for itself about taking a write-up over."""

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from cities.enums import Role
from cities.models import City
from practices.models import TransferNote
from practices.transfer.enums import Line, Verdict
from tests.factories import logged_in, make_practice, make_user
from tests.transfer.rows import address, note

pytestmark = pytest.mark.django_db


def test_city_clarifies_a_line_for_itself_alone(there: City, here: City) -> None:
    practice = make_practice(city=there)
    author = make_user(Role.AUTHOR, city=here, name="Anna Beispiel")
    client = logged_in(author)
    page = client.get(address(practice, "recht"))
    assert "Für Kleindorf klären" in page.content.decode()
    answer = client.post(
        address(practice, "recht"), {"verdict": "blocks", "note": "Der Personalrat stimmt nicht zu."}
    )
    assert answer.status_code == 302
    shown = client.get(address(practice)).content.decode()
    for text in ("steht im Weg", "Der Personalrat stimmt nicht zu.", "Anna Beispiel", "Geklärt am"):
        assert text in shown
    colleague = logged_in(make_user(Role.LEADER, city=here))
    assert "Der Personalrat" in colleague.get(address(practice)).content.decode()
    stranger = logged_in(make_user(Role.LEADER))
    assert "Der Personalrat" not in stranger.get(address(practice)).content.decode()
    assert "Der Personalrat" not in stranger.get(address(practice, "recht")).content.decode()


def test_clarifying_can_be_changed_and_taken_back_with_its_history(there: City, here: City) -> None:
    practice = make_practice(city=there)
    client = logged_in(make_user(Role.MANAGER, city=here))
    path = address(practice, "kosten")
    client.post(path, {"verdict": "fits", "note": "Im Haushalt."})
    form = client.get(path).context["form"]
    change = {"verdict": "adapt", "note": "Nur die Hälfte.", "version": 1, "base": form["base"].value()}
    assert client.post(path, change).status_code == 302
    assert TransferNote.objects.get().verdict == Verdict.ADAPT
    assert client.post(path, {"zurueck": "1"}).status_code == 302
    assert not TransferNote.objects.exists()
    history = client.get(path).content.decode()
    assert history.index("Nur die Hälfte.") < history.index("Im Haushalt.")
    events: Any = apps.get_model("practices", "TransferNoteEvent").objects
    assert events.count() == 3


def test_colleagues_save_does_not_vanish_unseen(there: City, here: City) -> None:
    practice = make_practice(city=there)
    client = logged_in(make_user(Role.MANAGER, city=here))
    path = address(practice, "kosten")
    client.post(path, {"verdict": "fits", "note": "Erstens."})
    base = client.get(path).context["form"]["base"].value()
    client.post(path, {"verdict": "fits", "note": "Zweitens.", "version": 1, "base": base})
    late = client.post(path, {"verdict": "fits", "note": "Drittens.", "version": 1, "base": base})
    assert late.status_code == 422
    assert "Zweitens." in late.content.decode()
    assert "Drittens." in late.content.decode()
    assert TransferNote.objects.get().note == "Zweitens."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"note": "Warum"}, "Bitte ausfüllen."),
        ({"verdict": "fits", "note": "  "}, "Bitte ausfüllen."),
        ({"verdict": "unknown", "note": "Warum"}, "Bitte eine der angebotenen Möglichkeiten wählen."),
        ({"verdict": "fits", "note": "x" * 501}, "Höchstens 500 Zeichen"),
    ],
)
def test_bad_input_is_told_and_kept(there: City, here: City, data: dict[str, str], message: str) -> None:
    practice = make_practice(city=there)
    answer = logged_in(make_user(Role.AUTHOR, city=here)).post(address(practice, "kosten"), data)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert data["note"].strip() in answer.content.decode()
    assert not TransferNote.objects.exists()


def test_line_that_does_not_exist_is_not_found(there: City) -> None:
    assert (
        logged_in(make_user(Role.AUTHOR)).get(address(make_practice(city=there), "wetter")).status_code == 404
    )


def test_database_refuses_what_says_nothing(there: City, here: City) -> None:
    practice = make_practice(city=there)
    note(practice, here)
    note(practice, there)
    for wrong in (
        {},  # the same line twice
        {"line": Line.LAW, "note": ""},
        {"line": Line.LAW, "verdict": Verdict.UNKNOWN},
        {"line": "wetter"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            note(practice, here, **wrong)
