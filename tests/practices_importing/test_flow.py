"""From the upload through the preview to the draft, and what is left over."""

from datetime import timedelta
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from practices.enums import Status
from practices.importing import actions
from practices.models import Attachment, ImportedDocument, ImportedPart, Practice
from tests.factories import logged_in, make_city, make_coordinator, make_practice
from tests.practices_importing.documents import changed, loose, picture, report, saved
from tests.practices_importing.test_publiccode import FILE
from tests.practices_importing.uploads import brought, sent, upload

pytestmark = pytest.mark.django_db


def part_of(document: ImportedDocument, heading: str) -> ImportedPart:
    return document.parts.get(heading=heading)


def test_report_becomes_a_draft_with_everything_in_it(client: Client, author: User) -> None:
    document = brought(client, saved(report()))
    page = client.get(document.get_absolute_url()).content.decode()
    for said in ("Wohin gehört das?", "Kosten und Personal", "Ein Sensor an einer Linde", "Sieben Standorte"):
        assert said in page
    assert Practice.objects.count() == 0
    response = sent(client, document, **{f"part-{part_of(document, 'Kosten und Personal').pk}": "approach"})
    practice = Practice.objects.get()
    assert response.headers["Location"] == f"/praxis/{practice.pk}/bearbeiten/"
    assert practice.status == Status.DRAFT
    assert practice.title == "Bodenfeuchte-Sensoren für Stadtbäume"
    assert practice.summary == "Sensoren zeigen uns, welcher Baum wirklich Wasser braucht."
    assert practice.starting_point.startswith("<p>Alle Bäume")
    assert "<td><p>4.200 €</p></td>" in practice.approach
    assert practice.approach.startswith("<h3>Kosten und Personal</h3>")
    assert practice.lessons.startswith("<h3>Fazit und Ausblick</h3>")
    assert (practice.contact_name, practice.contact_email) == ("Grünflächenamt", author.email)
    assert practice.created_by == author
    attachment = Attachment.objects.get(practice=practice)
    assert (attachment.title, attachment.alt_text) == ("Bild 1", "Ein Sensor an einer Linde")
    left = ImportedPart.objects.get()
    assert left.text == "<p>Stand: 12. März 2024, Grünflächenamt</p>"


def test_what_is_left_can_be_placed_or_dropped_without_touching_the_rest(client: Client) -> None:
    document = brought(client, saved(loose()), name="Notizen.docx")
    sent(client, document, title="Notizen")
    practice = Practice.objects.get()
    assert "noch nicht eingeordnet" in client.get(f"/praxis/{practice.pk}/bearbeiten/").content.decode()
    address = f"/praxis/{practice.pk}/uebrig/"
    part = ImportedPart.objects.get()
    response = client.post(address, {f"part-{part.pk}": "gibt-es-nicht"})
    assert response.status_code == 422
    assert ImportedPart.objects.count() == 1
    client.post(address, {f"part-{part.pk}": ""})
    assert ImportedPart.objects.count() == 1
    version = Practice.objects.get().version
    client.post(address, {f"part-{part.pk}": "solution"})
    practice = Practice.objects.get()
    assert "Gruß aus dem Rathaus" in practice.solution
    assert practice.version == version + 1
    assert not ImportedDocument.objects.exists()
    assert "Alles ist eingeordnet" in client.get(address).content.decode()
    # Sent twice it changes nothing.
    client.post(address, {f"part-{part.pk}": "solution"})
    assert Practice.objects.get().solution == practice.solution


def test_dropped_parts_are_gone_and_the_version_stays(client: Client) -> None:
    document = brought(client, saved(loose()))
    part = document.parts.get()
    sent(client, document, **{f"part-{part.pk}": "-"})
    practice = Practice.objects.get()
    assert (practice.solution, practice.version) == ("", 1)
    assert not ImportedPart.objects.exists()


def test_preview_sent_twice_makes_one_record(client: Client) -> None:
    document = brought(client, saved(report()))
    first, second = (
        sent(client, document, title="Einmal"),
        client.post(document.get_absolute_url(), {"title": "Zweimal"}),
    )
    assert first.headers["Location"] == second.headers["Location"]
    assert Practice.objects.get().title == "Einmal"


def test_text_is_added_below_what_stands_there_unless_it_is_to_be_replaced(
    client: Client, author: User
) -> None:
    practice = make_practice(city=author.memberships.get().city, created_by=author, status=Status.DRAFT)
    address = f"/praxis/{practice.pk}/import/"
    sent(client, brought(client, saved(report()), address=address))
    practice.refresh_from_db()
    assert practice.starting_point.startswith("<p>So war es vorher.</p>\n")
    assert "Alle Bäume" in practice.starting_point
    assert practice.title != "Bodenfeuchte-Sensoren für Stadtbäume"
    assert practice.topic_links.count() == 1
    sent(client, brought(client, saved(report()), address=address), replace=["lessons"])
    practice.refresh_from_db()
    assert "anders machen" not in practice.lessons
    assert practice.starting_point.count("Alle Bäume") == 2


def test_replacing_what_somebody_has_changed_meanwhile_is_asked_about(client: Client, author: User) -> None:
    practice = make_practice(city=author.memberships.get().city, created_by=author, status=Status.DRAFT)
    document = brought(client, saved(report()), address=f"/praxis/{practice.pk}/import/")
    Practice.objects.filter(pk=practice.pk).update(version=7, lessons="<p>Neuer Satz.</p>")
    response = client.post(document.get_absolute_url(), {"replace": ["lessons"], "version": "1"})
    assert response.status_code == 422
    assert "inzwischen geändert" in response.content.decode()
    assert Practice.objects.get().lessons == "<p>Neuer Satz.</p>"


def test_facts_that_somebody_has_filled_in_meanwhile_are_asked_about(client: Client, author: User) -> None:
    practice = make_practice(city=author.memberships.get().city, created_by=author, status=Status.DRAFT)
    upload(client, FILE.encode(), "publiccode.yml", f"/praxis/{practice.pk}/import/")
    address = ImportedDocument.objects.get().get_absolute_url()
    Practice.objects.filter(pk=practice.pk).update(version=7, licence="MIT")
    response: Any = client.post(address, {"facts": ["licence"], "version": "1"})
    assert response.status_code == 422
    assert "inzwischen geändert" in response.content.decode()
    assert Practice.objects.get().licence == "MIT"
    shown = response.context["form"]["version"].value()
    assert client.post(address, {"facts": ["licence"], "version": shown}).status_code == 302
    assert Practice.objects.get().licence == "EUPL-1.2"


def test_section_that_would_be_too_long_is_said_and_nothing_is_lost(client: Client, author: User) -> None:
    practice = make_practice(
        city=author.memberships.get().city,
        created_by=author,
        status=Status.DRAFT,
        solution=f"<p>{'x ' * 9_999}</p>",
    )
    document = brought(client, saved(report()), address=f"/praxis/{practice.pk}/import/")
    response = sent(client, document)
    assert response.status_code == 422
    assert "länger als 20.000 Zeichen" in response.content.decode()
    assert document.parts.count() == 6


def test_pasted_text_is_sorted_too(client: Client) -> None:
    client.post("/praxis/neu/import/", {"text": "<h3>Ausgangslage</h3><p>So war es.</p><script>x</script>"})
    part = ImportedPart.objects.get()
    assert (part.section, part.text) == ("starting_point", "<p>So war es.</p>")


@pytest.mark.parametrize("how", ["file", "text"])
def test_publiccode_fills_the_record_and_keeps_the_rest(client: Client, how: str) -> None:
    if how == "file":
        upload(client, FILE.encode(), "publiccode.yml")
    else:
        client.post("/praxis/neu/import/", {"publiccode": FILE})
    sent(client, ImportedDocument.objects.get())
    practice = Practice.objects.get()
    assert practice.title == "Mängelmelder"
    assert practice.licence == "EUPL-1.2"
    assert practice.repository_url == "https://git.example.org/stadt/melder.git"
    assert practice.phase == "live"
    assert practice.contact_name == "Stabsstelle Digitalisierung"
    assert "OZG 10110" in {tag.name for tag in practice.tags.all()}
    assert "usedBy: Musterstadt" in ImportedPart.objects.get().text


def test_facts_do_not_overwrite_unless_chosen(client: Client, author: User) -> None:
    practice = make_practice(city=author.memberships.get().city, created_by=author, status=Status.DRAFT)
    address = f"/praxis/{practice.pk}/import/"
    upload(client, FILE.encode(), "publiccode.yml", address)
    document = ImportedDocument.objects.get()
    page = client.get(document.get_absolute_url()).content.decode()
    assert "(bisher: digitalisierung@example.org)" in page
    sent(client, document)
    practice.refresh_from_db()
    assert practice.contact_email == "digitalisierung@example.org"
    assert practice.licence == "EUPL-1.2"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Bitte wählen Sie eine Datei oder fügen Sie Text ein."),
        ({"file": ("leer.docx", b"")}, "Die Datei ist leer."),
        ({"file": ("alt.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")}, "alte Format von Word"),
        ({"file": ("x.yml", b"name: [a")}, "Zeile 1"),
        ({"publiccode": "name: a\nurl: b"}, "„url“ muss eine Adresse"),
        ({"text": "Text", "publiccode": "name: a"}, "Bitte nur eines auf einmal"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(
    client: Client, data: dict[str, Any], said: str
) -> None:
    sent_data = {
        name: SimpleUploadedFile(*value) if isinstance(value, tuple) else value
        for name, value in data.items()
    }
    response = client.post("/praxis/neu/import/", sent_data)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not ImportedDocument.objects.exists()
    if "publiccode" in data:
        assert data["publiccode"] in response.content.decode()


def test_picture_of_a_format_that_browsers_do_not_show_is_named(client: Client) -> None:
    content = changed(saved(report()), {"word/media/image1.png": b"\x01\x00\x00\x00" + b"EMF" * 40})
    document = brought(client, content)
    assert (
        "1 Bild in einem Format, das Browser nicht zeigen"
        in client.get(document.get_absolute_url()).content.decode()
    )
    assert not document.pictures.exists()


def test_coordinators_name_the_city(client: Client) -> None:
    city = make_city("Zielstadt", slug="zielstadt")
    coordinator = logged_in(make_coordinator())
    document = brought(coordinator, saved(report()))
    assert sent(coordinator, document).status_code == 422
    sent(coordinator, document, city="Zielstadt")
    assert Practice.objects.get().city == city


def test_uploads_can_be_discarded_and_expire(client: Client, author: User) -> None:
    document = brought(client, saved(report()))
    assert "wartet noch" in client.get("/praxis/neu/import/").content.decode()
    client.post(f"{document.get_absolute_url()}verwerfen/")
    assert not ImportedDocument.objects.exists()
    old, new = brought(client, saved(report())), brought(client, saved(report()))
    done = brought(client, saved(loose()))
    sent(client, done)
    ImportedDocument.objects.exclude(pk=new.pk).update(created_at=timezone.now() - timedelta(days=15))
    assert actions.expire() == 1
    assert set(ImportedDocument.objects.values_list("pk", flat=True)) == {new.pk, done.pk}
    assert not ImportedPart.objects.filter(document=old.pk).exists()


def test_database_knows_where_a_document_went_and_keeps_no_empty_part(author: User) -> None:
    document = ImportedDocument.objects.create(name="a", created_by=author)
    with pytest.raises(IntegrityError, match="importeddocument_taken_over_into"), transaction.atomic():
        ImportedDocument.objects.filter(pk=document.pk).update(taken_over_at=timezone.now())
    with pytest.raises(IntegrityError, match="importedpart_says_something"), transaction.atomic():
        ImportedPart.objects.create(document=document, position=1, text="")


@pytest.mark.parametrize("number", [1, 30])
def test_pages_cost_the_same_with_many_parts(
    client: Client, number: int, django_assert_max_num_queries: Any
) -> None:
    document = docx.Document()
    for index in range(number):
        document.add_heading(f"Kapitel {index}", 1)
        document.add_paragraph("Ein Satz.")
        document.add_picture(picture(f"#aa{index:02}aa"))
    kept = brought(client, saved(document))
    client.get("/mein/")
    with django_assert_max_num_queries(8):
        assert client.get(kept.get_absolute_url()).status_code == 200
    sent(client, kept)
    with django_assert_max_num_queries(8):
        assert client.get(f"/praxis/{Practice.objects.get().pk}/uebrig/").status_code == 200


def test_pictures_that_together_are_too_much_work_stay_behind_and_are_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_EFFORT", 0)
    document = brought(client, saved(report()))
    assert not document.pictures.exists()
    page = client.get(document.get_absolute_url()).text
    assert "zu viele Bildpunkte" in page


def test_whoever_leaves_many_documents_has_to_clear_up_first(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_WAITING", 1)
    document = brought(client, saved(loose()))
    refused = upload(client, saved(loose()))
    assert refused.status_code == 422
    assert "noch nicht übernommen" in refused.text
    assert document.get_absolute_url() in refused.text, "and sees what waits"
    client.post(f"{document.get_absolute_url()}verwerfen/")
    assert upload(client, saved(loose())).status_code == 302
