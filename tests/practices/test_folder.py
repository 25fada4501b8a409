"""A collection taken along: as one PDF, and as a table."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.models import User
from cities.enums import Role
from documents.models import Build, State
from notifications.jobs import run_waiting
from practices.collecting.folder import FEW
from practices.models import Collection, Practice
from tests.documents.accessible import assert_accessible, bookmarks_of, pages_of
from tests.factories import logged_in, make_city, make_practice, make_topic, make_user
from tests.practices.blocks.rows import make_block
from tests.practices.test_collecting import collected, made, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return make_user(Role.LEADER, city=make_city("Eigenstadt"), name="Büro Eigenstadt")


def test_a_small_folder_is_there_at_once_with_its_contents_on_the_cover(owner: User) -> None:
    long = "<p>Ein Satz, der etwas sagt und nicht zu kurz ist.</p>" * 40
    things = [
        *(make_practice("Erster Beitrag", solution=long), make_block("Ein Leitfaden")),
        *(make_topic("Ein Thema"), make_practice("Zweiter Beitrag")),
    ]
    collection = collected(owner, *things)
    answer = logged_in(owner).post(url("folder", collection.pk))
    assert 'filename="fuer-den-rat.pdf"' in answer["Content-Disposition"]
    content = answer.content
    assert_accessible(content)
    pages = pages_of(content)
    for text in ("Für den Rat", "Inhalt", "Büro Eigenstadt", *map(str, things)):
        assert text in pages[0]
    assert len(pages) == 4
    for page, title in zip(pages[1:], ["Erster Beitrag", "Ein Leitfaden", "Zweiter Beitrag"], strict=True):
        assert title in page
        assert f"Notiz: Notiz zu {title}" in page
    names = bookmarks_of(content)
    assert [name for name in names if name in {str(one) for one in things}] == [str(one) for one in things]


def test_the_table_has_a_row_for_each(owner: User) -> None:
    practice = make_practice("=1+1", city=make_city("Trier"))
    collection = collected(owner, practice, make_topic("Ein Thema"))
    answer = logged_in(owner).get(url("table", collection.pk))
    assert "fuer-den-rat.xlsx" in answer["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(answer.content)).active
    head, first, second = ([cell.value for cell in row] for row in sheet.rows)
    row = dict(zip(head, first, strict=True))
    assert (row["Titel"], row["Stadt"], row["Notiz"]) == ("=1+1", "Trier", "Notiz zu =1+1")
    assert second[1:3] == ["Thema", "Ein Thema"]


def test_numbers_and_days_of_the_table_can_be_calculated_with(owner: User) -> None:
    practice = make_practice(city=make_city("Trier", population=39_761))
    practice.figures.create(kind="cost_once", amount="12000.50", basis="measured", period="2024")
    for amount in (100, 200):
        practice.figures.create(kind="cost_yearly", amount=amount, basis="estimated")
    hidden = make_practice(visibility="anonymous", city=make_city(population=12_345))
    answer = logged_in(owner).get(url("table", collected(owner, practice, hidden).pk))
    head, first, second = load_workbook(io.BytesIO(answer.content)).active.rows
    names = [cell.value for cell in head]
    row = dict(zip(names, first, strict=True))
    assert (row["Einwohner"].value, row["Einwohner"].number_format) == (39_761, "#,##0")
    cost = row["Kosten einmalig (€)"]
    assert (cost.value, cost.number_format) == (12_000.5, "#,##0.00")
    assert "gemessen, 2024" in row["Kosten einmalig"].value
    assert row["Kosten im Jahr (€)"].value is None, "two amounts are not one"
    assert row["Zuletzt bestätigt"].value.date() == practice.confirmed_on
    assert row["Zuletzt bestätigt"].number_format == "DD.MM.YYYY"
    assert dict(zip(names, second, strict=True))["Einwohner"].value is None


def test_a_large_folder_is_made_in_the_background(owner: User, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    collection = collected(owner, *(make_practice(f"Beitrag Nummer {number}") for number in range(FEW + 1)))
    answer = logged_in(owner).post(url("folder", collection.pk))
    run_waiting()
    build = Build.objects.get()
    assert answer["Location"] == build.get_absolute_url()
    assert (build.state, build.file_name) == (State.DONE, "fuer-den-rat.pdf")
    pages = pages_of(made(build))
    assert len(pages) == 2 + FEW + 1
    assert "Inhalt" not in pages[0]
    assert "Inhalt" in pages[1]


def test_an_empty_folder_is_not_made(owner: User) -> None:
    collection = collected(owner, make_practice())
    Practice.objects.all().delete()
    client = logged_in(owner)
    answer = client.post(url("folder", collection.pk), follow=True)
    assert "Es gibt keine Mappe." in answer.content.decode()
    assert not Build.objects.exists()
    assert Collection.objects.exists()
