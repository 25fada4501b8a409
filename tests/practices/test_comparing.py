"""Up to four write-ups side by side."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cities.enums import Role
from practices.comparing.comparison import Comparison, address_of
from practices.enums import Basis, FigureKind, Phase, Status, Visibility
from practices.models import Figure, Practice
from tests.documents.accessible import assert_accessible, links_of, pages_of, text_of
from tests.factories import logged_in, make_city, make_practice, make_user

pytestmark = pytest.mark.django_db


def page_of(*practices: Practice, client: Client | None = None, more: str = "") -> str:
    response = (client or Client()).get(address_of(practice.pk for practice in practices) + more)
    assert response.status_code == 200
    return response.content.decode()


def line(page: str, label: str) -> str:
    """The row of one criterion, without markup's blanks."""
    return next(" ".join(row.split()) for row in page.split("<tr")[1:] if f"{label}\n" in row or label in row)


def test_what_differs_is_said_in_words() -> None:
    one = make_practice("Eins", phase=Phase.LIVE, city=make_city("Trier"), licence="EUPL-1.2")
    two = make_practice("Zwei", phase=Phase.PILOT, city=make_city("Speyer"), licence="EUPL-1.2")
    Figure.objects.create(practice=one, kind=FigureKind.COST_ONCE, amount=60_750, basis=Basis.MEASURED)
    page = page_of(one, two)
    assert "nur eine Angabe" in line(page, "Kosten einmalig")
    assert "keine Angabe" in line(page, "Kosten einmalig")
    assert "verschieden" in line(page, "Stand")
    assert "gleich" in line(page, "Lizenz")
    assert "Im Pilotbetrieb" in line(page, "Stand")
    fewer = page_of(one, two, more="&nur=unterschiede")
    assert "Im Pilotbetrieb" in fewer
    assert "Kosten einmalig" not in fewer
    assert "Lizenz" not in fewer
    Figure.objects.create(practice=two, kind=FigureKind.COST_ONCE, amount=50_000, basis=Basis.MEASURED)
    assert "verschieden" in line(page_of(one, two), "Kosten einmalig")
    three = make_practice("Drei", phase=Phase.LIVE)
    assert "verschieden" in line(page_of(one, two, three), "Kosten einmalig")


def test_one_is_taken_out_and_another_found_without_scripts() -> None:
    one, two, three = (make_practice(f"Mängelmelder {name}") for name in ("Trier", "Landau", "Speyer"))
    assert address_of([two.pk]) in page_of(one, two)
    found = Client().get(f"{address_of([one.pk])}&suche=Mängelmelder").content.decode()
    for other in (two, three):
        assert f'href="{address_of([one.pk, other.pk])}"'.replace("&", "&amp;") in found


def test_a_list_sends_what_was_chosen() -> None:
    practice = make_practice()
    page = Client().get(reverse("practices:list")).content.decode()
    assert f'name="p" value="{practice.pk}" form="vergleich"' in " ".join(page.split())
    assert f'action="{reverse("practices:compare")}"' in page


def test_at_most_four_and_it_says_so() -> None:
    five = [make_practice(f"Beitrag Nummer {number}") for number in range(5)]
    page = page_of(*five)
    assert "Höchstens 4 Beiträge" in page
    assert five[3].title in page
    assert five[4].title not in page


@pytest.mark.parametrize(
    "query", ["", "?p=", "?p=abc&p=-1", "?p=999999999999999999999", "?p=٣", "?p=1&p=1&suche=%00"]
)
def test_addresses_that_mean_nothing_get_a_page(query: str) -> None:
    response = Client().get(f"/praxis/vergleich/{query}")
    assert response.status_code == 200
    assert "Noch nichts gewählt" in response.content.decode()
    assert Client().get(f"/praxis/vergleich.pdf{query}").status_code == 404


def test_what_one_may_not_read_is_in_no_comparison() -> None:
    city = make_city("Geheimstadt")
    open_one = make_practice("Offenes")
    draft = make_practice("Heimlicher Entwurf", status=Status.DRAFT, city=city)
    anonymous = make_practice(
        "Anonymes", visibility=Visibility.ANONYMOUS, city=city, source_name="Geheimblatt"
    )
    seen = page_of(open_one, draft, anonymous)
    assert "2 Beiträge sind für Sie nicht zu sehen" in seen
    assert "Heimlicher" not in seen
    assert "Anonymes" not in seen
    member = logged_in(make_user(Role.LEADER, city=make_city("Anderswo")))
    seen = page_of(open_one, anonymous, client=member)
    paper = member.get(address_of([open_one.pk, anonymous.pk], "practices:compare_pdf"))
    for text in (seen, text_of(paper.content)):
        assert "Anonymes" in text
        assert "eine Stadt im Netzwerk" in text
        assert "Geheim" not in text


def test_the_paper_is_readable_for_everybody() -> None:
    long = "<p>Ein Satz, der etwas sagt.</p><ul><li>Punkt</li></ul>" * 30
    practices = [make_practice(f"Titel {number}", lessons=long, obstacles=long) for number in range(4)]
    response = Client().get(address_of([one.pk for one in practices], "practices:compare_pdf"))
    assert_accessible(response.content)
    text = text_of(response.content)
    assert all(practice.title in text for practice in practices)
    assert "gleich" in text


def test_four_cost_no_more_queries_than_one(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    reader = make_user(Role.MANAGER, city=make_city())
    practices = [make_practice() for _ in range(4)]
    Comparison.of([practices[0].pk], reader)
    for number in (1, 4):
        with django_assert_num_queries(2):
            Comparison.of([one.pk for one in practices[:number]], reader)


def test_what_each_has_of_its_own_carries_no_mark() -> None:
    texts: dict[str, Any] = {"starting_point": "<p>Lange Wege.</p>", "solution": "<p>Ein Portal.</p>"}
    one = make_practice("Eins", city=make_city("Trier"), contact_email="eins@trier.example", **texts)
    two = make_practice("Zwei", city=make_city("Speyer"), contact_email="zwei@speyer.example")
    page = page_of(one, two)
    for label in ("Stadt", "Ausgangslage", "Ansprechstelle"):
        assert "verschieden" not in line(page, label), label
    assert "Lange Wege." in line(page, "Ausgangslage")
    assert "Ein Portal." in page
    assert "A · Trier" in line(page, "Art")
    assert "B · Speyer" in line(page, "Art")


def test_no_letter_tells_an_anonymous_city() -> None:
    anonymous = make_practice("Anonymes", visibility=Visibility.ANONYMOUS, city=make_city("Geheimstadt"))
    reader = make_user(Role.LEADER, city=make_city("Anderswo"))
    comparison = Comparison.of([make_practice().pk, anonymous.pk], reader)
    assert comparison.columns[1].short == "B"


def test_contacts_lead_to_mail_and_telephone_and_numbers_stay_whole() -> None:
    practices = [
        make_practice(
            f"Titel {number}",
            contact_name="Amt für Verwaltungsmodernisierung",
            contact_email=f"digitale.verwaltung{number}@stadt.example",
            contact_phone="069 212 345 67",
        )
        for number in range(4)
    ]
    content = Client().get(address_of([one.pk for one in practices], "practices:compare_pdf")).content
    assert_accessible(content)
    assert text_of(content).count("069 212 345 67") == 4
    links = links_of(content)
    assert links.count("tel:06921234567") == 4
    assert "mailto:digitale.verwaltung0@stadt.example" in links


def test_the_last_row_does_not_stand_alone_on_a_page() -> None:
    """Whatever the length of the texts, the last three stand together."""
    practices = [make_practice(f"Titel {number}", licence="EUPL-1.2") for number in range(4)]
    address = address_of([one.pk for one in practices], "practices:compare_pdf")
    fields = ("starting_point", "solution", "lessons", "obstacles", "prerequisites", "adaptation", "legal")
    several = 0
    for words in range(24, 84, 12):
        text = "<p>" + "Wort " * words + "</p>"
        Practice.objects.update(**dict.fromkeys(fields, text))
        pages = pages_of(Client().get(address).content)
        if len(pages) > 1:
            several += 1
            assert "Ansprechstelle" in pages[-1]
            assert "Lizenz" in pages[-1], words
    assert several > 3
