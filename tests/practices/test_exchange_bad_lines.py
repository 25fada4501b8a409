"""Lines that nobody would write by hand: refused by their number, in German, and never with a traceback."""

import datetime as dt
import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError
from django.utils import timezone

from practices.checks import months_later, next_check
from practices.models import Practice
from search.models import Entry
from tests.factories import make_practice
from tests.practices.test_exchange import line, places, refused, run, write

__all__ = ["places"]  # a fixture that every test here uses
pytestmark = pytest.mark.django_db

SECTIONS: dict[str, Any] = line()["sections"]


def test_days_that_cannot_be_are_named_by_line(tmp_path: Path) -> None:
    today = timezone.localdate()
    tomorrow = (today + dt.timedelta(days=1)).isoformat()
    latest = months_later(today, 60).isoformat()
    too_far = (months_later(today, 60) + dt.timedelta(days=1)).isoformat()
    cases: list[tuple[dict[str, Any], str]] = [
        ({"confirmed_on": tomorrow}, "confirmed_on: liegt in der Zukunft"),
        ({"confirmed_on": "9999-12-31"}, "confirmed_on: liegt in der Zukunft"),
        ({"confirmed_on": "1899-12-31"}, "confirmed_on: liegt vor dem Jahr 1900"),
        ({"confirmed_on": 0}, "confirmed_on: ist kein Datum wie 2024-12-31"),
        ({"next_check_on": too_far}, f"next_check_on: liegt zu weit in der Zukunft, spätestens {latest}"),
        ({"next_check_on": "9999-12-31"}, "next_check_on: liegt zu weit in der Zukunft"),
        (
            {"confirmed_on": "2024-05-04", "next_check_on": "2024-05-03"},
            "next_check_on: Die nächste Prüfung (2024-05-03) liegt vor der Bestätigung (2024-05-04).",
        ),
        ({"next_check_on": "2023-05-03"}, "liegt vor der Bestätigung (2023-05-04)."),
        ({"published_at": "0001-01-01T00:00:00+05:00"}, "published_at: liegt vor dem Jahr 1900"),
        ({"published_at": "9999-12-31T23:59:59-05:00"}, "published_at: liegt in der Zukunft"),
        ({"published_at": 2024}, "published_at: ist kein Datum wie 2024-12-31"),
        ({"published_at": "1700000000"}, "published_at: ist kein Datum wie 2024-12-31"),
        ({"starts": "20٢٢"}, "starts: Bitte ein Jahr oder einen Monat angeben"),
    ]
    lines = [line(external_id=f"a{number}", **changes) for number, (changes, _text) in enumerate(cases, 1)]
    message = refused(write(tmp_path, *lines))
    for number, (_changes, text) in enumerate(cases, 1):
        (said,) = (each for each in message.splitlines() if each.startswith(f"Zeile {number}: "))
        assert text in said
    assert not Practice.objects.exists()


def test_days_at_their_limits_are_taken(tmp_path: Path) -> None:
    today = timezone.localdate()
    tomorrow = timezone.now() + dt.timedelta(hours=23)
    run(
        write(
            tmp_path,
            line(external_id="a", confirmed_on=today.isoformat(), next_check_on=today.isoformat()),
            line(external_id="b", published_at=tomorrow.isoformat()),
            line(external_id="c", published_at="1900-01-01T00:00:00+05:00"),
        )
    )
    ahead = Practice.objects.get(external_id="b")
    assert (ahead.confirmed_on, ahead.next_check_on) == (today, next_check(today))
    assert Practice.objects.filter(confirmed_on=today, next_check_on=today).count() == 1
    assert Practice.objects.filter(external_id="c", confirmed_on=dt.date(1899, 12, 31)).exists()


def test_lines_that_are_no_records_are_named_by_line(tmp_path: Path) -> None:
    cases = [
        ('{"external_id": "a", "title": "\\ud800"}', "ist kein gültiges JSON"),
        ('{"external_id": "a", "title": NaN}', "title: muss ein Text sein"),
        (line(external_id="b", title=5), "title: muss ein Text sein"),
        (line(external_id="c", topics="e-akte"), "topics: muss eine Liste sein"),
        (line(external_id="d", sections=["x"]), "sections: muss ein Objekt sein"),
        (line(external_id="e", city="Musterhausen"), "city: muss ein Objekt sein"),
        ("[1, 2]", "muss ein Objekt sein"),
        ("null", "muss ein Objekt sein"),
        ('{"external_id": ' + "[" * 5_000, "ist kein gültiges JSON"),
        (
            line(external_id="f", source={"url": "https://example.org/\x00"}),
            "source.url: Nullzeichen sind nicht",
        ),
        (line(external_id="g", contact={"email": "a\x00@example.org"}), "contact.email: "),
        (line(external_id="h", contact={"phone": "06341\x0013"}), "contact.phone: "),
        (line(external_id="i", starts="2022\x00"), "starts: "),
        (line(external_id="j", city={"ags": "0711100\x00"}), "city.ags: hat die falsche Form"),
        ('{"external_id": "k", "tit', "ist kein gültiges JSON (ab Zeichen 2"),
        (line(external_id="l", kind="gedicht"), "kind: erlaubt ist practice, lesson, stopped oder plan"),
    ]
    message = refused(write(tmp_path, *[text for text, _said in cases]))
    assert "expected" not in message
    assert "should" not in message
    for number, (_text, part) in enumerate(cases, 1):
        said = [each for each in message.splitlines() if each.startswith(f"Zeile {number}: ")]
        assert any(part in each for each in said), (number, said)


def test_all_that_is_wrong_with_a_line_is_said_at_once(tmp_path: Path) -> None:
    bad = line(external_id="a", kind="gedicht", topics=["nix", "nie"], sections={"vers": "x"})
    message = refused(write(tmp_path, line(external_id="a"), bad, line(external_id="a", topics=["nix"])))
    for part in (
        "Zeile 2: kind: erlaubt ist",
        "Zeile 2: sections: den Abschnitt „vers“",
        "Zeile 2: Das Thema „nix“ gibt es nicht.",
        "Zeile 2: Das Thema „nie“ gibt es nicht.",
        "Zeile 2: external_id „a“ steht schon in Zeile 1.",
        "Zeile 3: Das Thema „nix“ gibt es nicht.",
        "Zeile 3: external_id „a“ steht schon in Zeile 1.",
    ):
        assert part in message


def test_null_signs_in_texts_are_left_out(tmp_path: Path) -> None:
    run(
        write(
            tmp_path,
            line(
                external_id="a\x00b",
                title="Die\x00 Akte",
                summary="Kurz\x00.",
                tags=["Ab\x00lage"],
                contact={"name": "Haupt\x00amt"},
                source={"name": "\x00Bericht"},
                sections=SECTIONS | {"lessons": "<p>Zuerst\x00 der Plan.</p>", "legal": "a\x00&#0;b"},
            ),
        )
    )
    practice = Practice.objects.get(external_id="ab")
    assert (practice.title, practice.summary, practice.contact_name) == ("Die Akte", "Kurz.", "Hauptamt")
    assert practice.lessons == "<p>Zuerst der Plan.</p>"


def test_files_as_other_programs_write_them(tmp_path: Path) -> None:
    file = tmp_path / "beitraege.jsonl"
    text = json.dumps(line(), ensure_ascii=False)
    twice = text[:-1] + ', "title": "Das letzte Wort gilt"}'
    file.write_bytes(b"\xef\xbb\xbf" + text.encode() + b"\r\n\r\n" + b"  \r\n" + b"\xef\xbb\xbf\r\n")
    assert "Aufgenommen: 1" in run(file)
    file.write_bytes(twice.encode())
    assert "geändert: 1" in run(file)
    assert Practice.objects.get().title == "Das letzte Wort gilt"
    file.write_bytes(text.encode("utf-16"))
    assert "Zeile 1: ist kein Text in UTF-8; speichern Sie die Datei in dieser Kodierung." in refused(file)
    file.write_bytes(text.encode("latin-1", "replace").replace(b"Akte", b"\xc4kte"))
    assert "Zeile 1: ist kein Text in UTF-8" in refused(file)
    file.write_bytes(b"")
    assert "Aufgenommen: 0 · geändert: 0 · unverändert: 0" in run(file)


def test_one_write_up_under_both_its_ids_is_named_by_line(tmp_path: Path) -> None:
    run(write(tmp_path, line()))
    known = Practice.objects.get()
    own = line(external_id=f"testserver/praxis/{known.pk}", title="Anders")
    with patch("practices.exchange_format.identity.own_prefix", lambda: "testserver/praxis/"):
        for both in ((line(title="Neu"), own), (own, line(title="Neu"))):
            said = f"Zeile 2: Derselbe Beitrag steht schon in Zeile 1, dort als „{both[0]['external_id']}“."
            assert said in refused(write(tmp_path, *both))
            with patch("practices.exchange_format.importing.BATCH", 1):
                assert said in refused(write(tmp_path, *both))
        # A line of a batch before has made it.
        with patch("practices.exchange_format.importing.BATCH", 1):
            coming = f"testserver/praxis/{known.pk + 1}"
            lines = [line(external_id="archiv-2"), line(external_id=coming, title="Anders")]
            assert "Zeile 2: Derselbe Beitrag" in refused(write(tmp_path, *lines))
        assert "geändert: 1" in run(write(tmp_path, own))
    make_practice("Ohne fremden Namen")
    assert "Aufgenommen: 1" in run(write(tmp_path, line(external_id="None")))


def test_topics_that_cannot_be_are_named_by_line(tmp_path: Path) -> None:
    names = ["Neu", "x" * 81, "日本"]
    lines = [line(external_id=name[:9], topics=[name]) for name in names]
    message = refused(write(tmp_path, *lines), create_topics=True)
    for number, name in enumerate(names, 1):
        assert f"Zeile {number}: „{name}“ kann kein Thema heißen: " in message
    with patch("practices.exchange_format.references.MOST_CREATED", 1):
        message = refused(write(tmp_path, line(topics=["Parken", "Radfahren"])), create_topics=True)
    assert "Zeile 1: Mehr als 1 neue Themen werden nicht auf einmal angelegt." in message


def test_a_very_long_text_is_taken_and_found(tmp_path: Path) -> None:
    words = " ".join(f"wort{number:x}anfang{number * 7919:x}" for number in range(90_000))
    run(write(tmp_path, line(sections=SECTIONS | {"legal": words})))
    assert Entry.objects.filter(source=1, object_id=Practice.objects.get().pk).exists()


def test_a_file_that_cannot_be_read_is_said_so_and_nothing_else_is(tmp_path: Path) -> None:
    assert f"Die Datei {tmp_path / 'fehlt.jsonl'} gibt es nicht." in refused(tmp_path / "fehlt.jsonl")
    assert f"{tmp_path} ist ein Ordner" in refused(tmp_path)
    broken = patch("practices.exchange_format.importing.insert", side_effect=OSError("no semaphores"))
    with broken, pytest.raises(OSError, match="no semaphores") as caught:
        run(write(tmp_path, line()))
    assert not isinstance(caught.value, CommandError)
