"""A write-up on one page, on screen and on paper."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from cities.enums import Role
from practices.enums import Basis, FigureKind, Phase, Status, Visibility
from practices.models import Adoption, AdoptionFigure, Figure, Indicator, Practice
from tests.documents.accessible import assert_accessible, links_of, pages_of, text_of
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_user
from tests.practices.adoption.rows import adopt
from ui.richtext import clean

pytestmark = pytest.mark.django_db
PARAGRAPH = (
    "<p>Ein Satz, der etwas sagt und nicht zu kurz ist. Noch einer, der mehr erklärt als nötig wäre.</p>"
)


def page_of(practice: Practice, client: Client | None = None) -> str:
    response = (client or Client()).get(reverse("practices:brief", args=[practice.pk, practice.slug]))
    assert response.status_code == 200
    return response.content.decode()


def paper_of(practice: Practice, client: Client | None = None) -> bytes:
    response = (client or Client()).get(reverse("practices:brief_pdf", args=[practice.pk, practice.slug]))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert f"kurzfassung-{practice.slug}.pdf" in response["Content-Disposition"]
    return response.content


def read(page: str) -> str:
    """What stands there, without markup."""
    return " ".join(strip_tags(page).replace("\xa0", " ").split())


def spent(adoption: Adoption, kind: str, amount: int, **fields: str) -> None:
    AdoptionFigure.objects.create(
        adoption=adoption, kind=kind, amount=amount, **{"basis": Basis.MEASURED} | fields
    )


def test_the_brief_says_what_a_decision_needs() -> None:
    practice = make_practice(
        "Bäume nach Bedarf gießen",
        city=make_city("Trier", population=104_342),
        prerequisites="<p>Ein Funknetz.</p>",
        starts="2021-06",
        source_name="ikone-ds.de",
        contact_phone="0651 123",
    )
    Figure.objects.create(
        practice=practice, kind=FigureKind.COST_ONCE, amount=60_750, basis=Basis.ESTIMATED, period="2021"
    )
    Indicator.objects.create(
        practice=practice, name="Wasser je Baum", unit="Liter", before=100, after=60, basis=Basis.MEASURED
    )
    said = [
        *("Trier (104.342 Einw.)", "Im Einsatz, seit Juni 2021", "So war es vorher.", "So wurde es gelöst."),
        *("Das würden wir heute anders machen.", "60.750 €", "geschätzt, 2021", "100 Liter → 60 Liter"),
        *("Ein Funknetz.", "0651 123", "Quelle: ikone-ds.de", f"/praxis/{practice.pk}/"),
    ]
    page, paper = page_of(practice).replace("\xa0", " "), paper_of(practice)
    text = text_of(paper)
    assert_accessible(paper)
    for one in said:
        assert one in page, one
        assert one in text, one
    assert 'href="tel:0651123"' in page
    assert "tel:0651123" in links_of(paper)


def test_the_page_of_a_write_up_leads_to_its_brief() -> None:
    practice = make_practice()
    page = Client().get(practice.get_absolute_url()).content.decode()
    assert reverse("practices:brief", args=[practice.pk, practice.slug]) in page


@pytest.mark.parametrize("kind", ["practice", "stopped"])
@pytest.mark.parametrize("paragraphs", [0, 2, 40])
def test_it_is_one_page_whatever_was_written(kind: str, paragraphs: int) -> None:
    text = PARAGRAPH * paragraphs or "<p>Kurz.</p>"
    fields = ["starting_point", "solution", "lessons", "prerequisites", "obstacles", "unsuitable_for"]
    texts: dict[str, Any] = dict.fromkeys(fields, text)
    practice = make_practice("W" * 120, kind=kind, summary="M" * 280, **texts)
    for number, figure in enumerate(FigureKind):
        Figure.objects.create(
            practice=practice, kind=figure, amount=10 ** (number + 5), basis=Basis.MEASURED, period="Z" * 60
        )
    paper = paper_of(practice)
    assert len(pages_of(paper)) == 1
    assert_accessible(paper)


def test_an_anonymous_city_stays_unknown_on_paper() -> None:
    city = make_city("Geheimstadt", contact_email="amt@geheimstadt.example.org")
    practice = make_practice(
        "Ein Fehlschlag",
        city=city,
        visibility=Visibility.ANONYMOUS,
        contact_name="Amt Geheimstadt",
        contact_email="amt@geheimstadt.example.org",
        source_name="Geheimblatt",
    )
    practice.partner_cities.add(make_city("Geheimpartner"))
    member = logged_in(make_user(Role.LEADER, city=make_city("Anderswo")))
    for text in (page_of(practice, member), text_of(paper_of(practice, member))):
        assert "eine Stadt im Netzwerk" in text
        assert "Nur für das Netzwerk bestimmt" in text
        assert "koordination@example.org" in text
        assert "geheim" not in text.casefold()
    known = text_of(paper_of(practice, logged_in(make_coordinator())))
    assert "Geheimstadt" in known
    assert "gemeinsam mit Geheimpartner" in known


def test_it_names_the_cities_that_have_confirmed_their_adoption() -> None:
    practice = make_practice()
    adopt(practice, city=make_city("Speyer"), confirmed=True)
    adopt(practice, city=make_city("Bingen"))
    for text in (read(page_of(practice)), text_of(paper_of(practice))):
        assert "übernommen: Speyer (im Einsatz)" in text
        assert "Bingen" not in text


def test_what_one_may_not_read_has_no_brief() -> None:
    city = make_city()
    hidden = [
        make_practice(city=city, status=Status.DRAFT),
        make_practice(city=city, visibility=Visibility.NETWORK),
    ]
    own = logged_in(make_user(Role.AUTHOR, city=city))
    for practice in hidden:
        for name in ("practices:brief", "practices:brief_pdf"):
            address = reverse(name, args=[practice.pk, practice.slug])
            assert Client().get(address).status_code == 404
            assert own.get(address).status_code == 200
    assert "Entwurf: noch nicht veröffentlicht." in text_of(paper_of(hidden[0], own))


def test_an_address_with_an_old_title_leads_on() -> None:
    practice = make_practice("Neuer Titel")
    for name in ("practices:brief", "practices:brief_pdf"):
        response = Client().get(reverse(name, args=[practice.pk, "alter-titel"]))
        assert response["Location"] == reverse(name, args=[practice.pk, "neuer-titel"])


def test_what_people_typed_is_text_on_paper_as_well() -> None:
    practice = make_practice("#panic() $x$ <b>", solution=clean("<p>#import *Sternchen*</p>"))
    text = text_of(paper_of(practice))
    assert "#panic() $x$ <b>" in text
    assert "#import *Sternchen*" in text


def test_what_adopters_have_confirmed_answers_what_it_takes(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    practice = make_practice(contact_email="digital.amt@stadt.example")
    landau = adopt(practice, city=make_city("Landau in der Pfalz"), confirmed=True)
    spent(landau, FigureKind.COST_YEARLY, 12_000, accuracy="about")
    spent(landau, FigureKind.EFFORT_DAYS, 12)
    spent(adopt(practice, city=make_city("Bingen")), FigureKind.EFFORT_DAYS, 77)  # not confirmed
    over = adopt(practice, city=make_city("Speyer"), stage="ended", confirmed=True)
    spent(over, FigureKind.EFFORT_DAYS, 88)
    landau.refresh_from_db()
    month = f"{landau.confirmed_on:%m/%Y}"
    said = f"Landau in der Pfalz brauchte 12 Personentage und rund 12.000 € im Jahr (bestätigt {month})"
    page_of(practice)
    with django_assert_max_num_queries(8):
        page = page_of(practice)
    paper = paper_of(practice)
    assert_accessible(paper)
    assert len(pages_of(paper)) == 1
    for text in (read(page), text_of(paper)):
        assert said in text.replace("\xa0", " ")
        assert "hat die Stadt selbst nichts angegeben" in text
        assert "77 Personentage" not in text
        assert "88 Personentage" not in text
    record = reverse("adoption:detail", args=[landau.pk])
    assert f'href="{record}"' in page
    links = links_of(paper)
    assert any(link.endswith(record) for link in links)
    assert "mailto:digital.amt@stadt.example" in links
    assert "digital.amt@stadt.example" in text_of(paper)


def test_many_adopters_leave_it_one_page() -> None:
    practice = make_practice("W" * 120, summary="M" * 280, solution=PARAGRAPH * 40)
    for number in range(8):
        adoption = adopt(practice, city=make_city(f"{'Stadt' * 10} {number}"), confirmed=True)
        for kind in FigureKind:
            for _again in range(3):
                spent(adoption, kind, 123_456_789, basis=Basis.ESTIMATED, period="Z" * 60, source="Haushalt")
    paper = paper_of(practice)
    assert len(pages_of(paper)) == 1
    assert text_of(paper).count("brauchte") == 3
    assert "und 2 weitere" in text_of(paper)


def test_what_an_adopter_of_an_anonymous_write_up_spent_stays_unknown() -> None:
    practice = make_practice(visibility=Visibility.ANONYMOUS)
    adoption = adopt(practice, city=make_city("Nehmstadt"), confirmed=True)
    spent(adoption, FigureKind.EFFORT_DAYS, 4711)
    member = logged_in(make_user(Role.LEADER, city=make_city("Anderswo")))
    for text in (page_of(practice, member), text_of(paper_of(practice, member))):
        assert "4.711" not in text
        assert "Nehmstadt" not in text
    assert "Nehmstadt brauchte 4.711" in read(page_of(practice, logged_in(make_coordinator())))


def test_who_sees_an_anonymous_city_is_warned_of_passing_it_on() -> None:
    city = make_city("Geheimstadt")
    practice = make_practice(city=city, visibility=Visibility.ANONYMOUS)
    own = logged_in(make_user(Role.AUTHOR, city=city))
    other = logged_in(make_user(Role.AUTHOR, city=make_city("Anderswo")))
    warning = "Wer diese Seite weitergibt, verrät die Stadt."
    for text in (page_of(practice, own), text_of(paper_of(practice, own))):
        assert warning in text
    for text in (page_of(practice, other), text_of(paper_of(practice, other))):
        assert warning not in text
    assert warning not in page_of(make_practice(city=city), own)


def test_what_has_ended_is_not_said_to_be_since_then() -> None:
    practice = make_practice(phase=Phase.ENDED, starts="2021")
    profile = read(Client().get(practice.get_absolute_url()).content.decode())
    for text in (read(page_of(practice)), text_of(paper_of(practice)), profile):
        assert "eendet (begonnen 2021)" in text
        assert "seit 2021" not in text
    closed = make_practice(phase=Phase.ENDED, starts="2019", ends="2021")
    assert "Beendet (2019 bis 2021)" in read(page_of(closed))
