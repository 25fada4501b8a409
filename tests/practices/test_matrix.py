"""The matrix: cities × topics from what the reader may see, as picture, table, spreadsheet and cell."""

import io
import re

import openpyxl
import pytest
from django.http import QueryDict
from django.utils import timezone

from cities.enums import NetworkStatus, Role
from practices.enums import Kind, Visibility
from practices.matrix import reading
from practices.matrix.forms import MatrixForm
from practices.models import Practice, PracticeTopic
from tests.factories import logged_in, make_city, make_leadership, make_practice, make_topic, make_user
from tests.practices.adoption.rows import adopt
from tests.practices.blocks.rows import make_block
from topics.enums import Engagement
from topics.tree import TopicTree

pytestmark = pytest.mark.django_db

MATRIX = "/themen/matrix/"


@pytest.fixture
def landau():
    return make_city("Landau", slug="landau", population=48_000)


@pytest.fixture
def root():
    return make_topic("Netze", slug="netze")


@pytest.fixture
def topic(root):
    return make_topic("Breitband", slug="breitband", parent=root)


def cells(client, query: str = "") -> dict[tuple[str, str], str]:
    """What screen readers hear of each cell with something in it, by the slugs of topic and city."""
    found = re.findall(
        r'<td><a href="([^"/]+)/([^"/]+)/" aria-label="([^"]+)">', client.get(f"{MATRIX}?{query}").text
    )
    return {(city, topic): words for topic, city, words in found}


def sheet(client, query: str = ""):
    answer = client.get(f"{MATRIX}tabelle.xlsx?{query}")
    assert answer["Content-Disposition"].startswith("attachment")
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def test_a_cell_says_all_that_a_city_is_for_a_topic(landau, topic):
    make_leadership(topic=topic, city=landau)
    make_practice(city=landau, topics=[topic])
    make_practice(city=landau, topics=[topic])
    make_practice(city=landau, topics=[topic], kind=Kind.PLAN)
    make_leadership(topic=topic, city=make_city("Trier", slug="trier"), engagement=Engagement.INTERESTED)
    assert cells(logged_in(None)) == {
        ("landau", "netze"): "2 Beiträge, 1 Vorhaben",
        ("landau", "breitband"): "federführend, 2 Beiträge, 1 Vorhaben",
        ("trier", "breitband"): "interessiert, sucht",
    }


def test_nothing_betrays_who_is_anonymous_and_visitors_see_what_is_public(landau, topic):
    make_practice("Geheim", city=landau, topics=[topic], visibility=Visibility.ANONYMOUS)
    other = make_city("Speyer", slug="speyer")
    make_practice(city=other, topics=[topic], visibility=Visibility.NETWORK)
    own = logged_in(make_user(Role.MANAGER, city=landau))
    assert cells(logged_in(None)) == {}
    assert cells(own) == {("speyer", "breitband"): "1 Beitrag", ("speyer", "netze"): "1 Beitrag"}
    assert "Geheim" not in logged_in(make_user(Role.AUTHOR)).get(f"{MATRIX}breitband/landau/").text
    assert sheet(logged_in(None))["Liste"].max_row == 1


def test_what_was_taken_over_counts_where_the_reader_may_know(landau, root, topic):
    trier = make_city("Trier", slug="trier")
    practices = [make_practice(name, city=trier, topics=[topic]) for name in ("Offen", "Intern", "Verdeckt")]
    for practice, visibility in zip(practices, ("public", "network", "anonymous"), strict=True):
        adopt(practice, city=landau, confirmed=True)
        Practice.objects.filter(pk=practice.pk).update(visibility=visibility)
    adopt(practices[0], city=make_city("Speyer", slug="speyer"), stage="interested", confirmed=True)
    visitor, member = logged_in(None), logged_in(make_user(Role.AUTHOR))
    assert cells(visitor)["landau", "breitband"] == "1 übernommen"
    assert cells(member)["landau", "breitband"] == "2 übernommen"
    assert cells(member)["landau", "netze"] == "2 übernommen"
    assert ("speyer", "breitband") not in cells(member)
    page = visitor.get(f"{MATRIX}netze/landau/").text
    assert "Offen" in page
    assert "Intern" not in page
    assert "Verdeckt" not in member.get(f"{MATRIX}netze/landau/").text
    assert ("Landau", "Breitband", "1 übernommen") in list(
        sheet(visitor)["Liste"].iter_rows(values_only=True)
    )


def test_a_write_up_with_several_topics_counts_once_for_each_cell(landau, root, topic):
    trier = make_city("Trier")
    beside = make_topic("Mobilfunk", slug="mobilfunk", parent=root)
    adopt(make_practice(city=trier, topics=[topic, beside, root]), city=landau, confirmed=True)
    adopt(make_practice(city=trier, topics=[topic]), city=landau, confirmed=True)
    adopt(make_block(city=trier, topic=topic), city=landau, confirmed=True)
    found = {name: words for (city, name), words in cells(logged_in(None)).items() if city == "landau"}
    assert found == {
        "netze": "3 übernommen",
        "breitband": "3 übernommen",
        "mobilfunk": "1 übernommen",
    }


def test_what_stands_under_no_topic_of_the_map_is_left_out(landau, topic):
    practice = make_practice("Ohne Thema", topics=[topic])
    adopt(practice, city=landau, confirmed=True)
    PracticeTopic.objects.filter(practice=practice).delete()
    adopt(make_practice(topics=[topic]), city=landau, confirmed=True)
    assert cells(logged_in(None))["landau", "breitband"] == "1 übernommen"
    # A topic that came after the map was read, as when somebody makes one in that moment.
    tree = TopicTree.load()
    adopt(make_practice(topics=[make_topic("Neu")]), city=landau, confirmed=True)
    form = MatrixForm(QueryDict(), tree=tree)
    assert form.is_valid()
    read = reading.read(form, tree, make_user(Role.AUTHOR), 0)
    assert read.cells[landau.pk, topic.pk].adopted == 1


def test_filters_choose_cities_and_a_part_of_the_map(landau, root, topic):
    elsewhere = make_topic("Schule", slug="schule")
    make_topic("Tablets", slug="tablets", parent=elsewhere)
    koeln = make_city("Köln", slug="koeln", ags="05315000", population=1_000_000)
    outside = make_city("Draußen", status=NetworkStatus.OUTSIDE)
    for city in (landau, koeln, outside):
        make_leadership(topic=topic, city=city)
    make_leadership(topic=elsewhere, city=koeln)
    visitor = logged_in(None)
    assert {city for city, _topic in cells(visitor)} == {"landau", "koeln"}
    assert {city for city, _topic in cells(visitor, "land=05")} == {"koeln"}
    assert {city for city, _topic in cells(visitor, "groesse=smaller_medium")} == {"landau"}
    assert {name for _city, name in cells(visitor, "thema=schule")} == {"schule"}
    head = visitor.get(f"{MATRIX}?thema=netze").text
    assert "Breitband" in head
    assert 'href="/themen/tablets/"' not in head
    assert "gibt es in diesem Filter nicht" in visitor.get(f"{MATRIX}?land=99").text


def test_retired_topics_are_no_columns_as_they_are_not_on_the_map(landau, root, topic):
    retired = make_topic("Faxen", slug="faxen", parent=root, retired_on=timezone.localdate())
    make_topic("Thermopapier", slug="thermopapier", parent=retired)
    make_leadership(topic=retired, city=landau)
    make_leadership(topic=topic, city=landau)
    visitor = logged_in(None)
    for query in ("", "thema=netze"):
        page = visitor.get(f"{MATRIX}?{query}")
        assert [node.slug for node in page.context["matrix"].topics] == ["netze", "breitband"]
        assert "Faxen" not in page.text
    assert "gibt es in diesem Filter nicht" in visitor.get(f"{MATRIX}?thema=faxen").text
    assert sheet(visitor)["Matrix"].max_column == 3
    assert list(cells(visitor)) == [("landau", "breitband")]


def test_cities_that_do_not_take_part_now_are_told(landau, topic, monkeypatch):
    make_practice(city=landau, topics=[topic])
    visitor = logged_in(None)
    make_city("Draußen", status=NetworkStatus.OUTSIDE)
    assert "nicht gezeigt" not in visitor.get(MATRIX).text
    make_practice(city=make_city("Worms", status=NetworkStatus.PAUSED), topics=[topic])
    page = visitor.get(MATRIX).text
    assert "1 Stadt ist nicht gezeigt, weil ihre Mitgliedschaft ruht oder beendet ist." in page
    assert "Das betrifft: Worms." in page
    assert {city for city, _topic in cells(visitor)} == {"landau"}
    assert "1 Stadt ist nicht gezeigt" in visitor.get(f"{MATRIX}?form=liste").text
    assert "nicht gezeigt" not in visitor.get(f"{MATRIX}?land=05").text
    make_city("Speyer", status=NetworkStatus.FORMER)
    monkeypatch.setattr(reading, "ABSENT_NAMED", 1)
    page = visitor.get(MATRIX).text
    assert "2 Städte sind nicht gezeigt" in page
    assert "Das betrifft" not in page


def test_the_table_and_the_spreadsheet_say_the_same(landau, topic):
    make_leadership(topic=topic, city=landau)
    make_practice(city=landau, topics=[topic])
    visitor = logged_in(None)
    table = visitor.get(f"{MATRIX}?form=liste").text
    assert f'href="{MATRIX}breitband/landau/"' in table
    assert "federführend, 1 Beitrag" in table
    workbook = sheet(visitor)
    rows = list(workbook["Matrix"].iter_rows(values_only=True))
    assert rows == [("Stadt", "Netze", "Breitband"), ("Landau", "B1", "F B1")]
    assert list(workbook["Liste"].iter_rows(min_row=2, values_only=True)) == [
        ("Landau", "Netze", "1 Beitrag"),
        ("Landau", "Breitband", "federführend, 1 Beitrag"),
    ]


def test_a_name_that_looks_like_markup_or_a_formula_is_only_a_name(topic):
    city = make_city('=1+1<b>"', slug="frech")
    make_leadership(topic=topic, city=city)
    visitor = logged_in(None)
    html = visitor.get(MATRIX).text
    assert "=1+1&lt;b&gt;&quot;</a>" in html
    assert "=1+1<b>" not in html
    cell = sheet(visitor)["Liste"]["A2"]
    assert (cell.value, cell.data_type) == ('=1+1<b>"', "s")


def test_a_cell_leads_to_what_is_behind_it(landau, topic):
    make_leadership(topic=topic, city=landau, promise="Wir beraten alle.")
    make_practice("Glasfaser für alle", city=landau, topics=[topic])
    make_practice("Anderes Thema", city=landau)
    visitor = logged_in(None)
    html = visitor.get(f"{MATRIX}breitband/landau/").text
    for text in ("Wir beraten alle.", "Glasfaser für alle", "digitalisierung@example.org"):
        assert text in html
    assert "Anderes Thema" not in html
    assert visitor.get(f"{MATRIX}breitband/gibt-es-nicht/").status_code == 404
    assert visitor.get(f"{MATRIX}gibt-es-nicht/landau/").status_code == 404
    empty = f"{MATRIX}breitband/{make_city('Leer', slug='leer').slug}/"
    assert "Stadt eintragen" not in visitor.get(empty).text
    assert "Stadt eintragen" in logged_in(make_user(Role.MANAGER)).get(empty).text


def test_what_does_not_fit_is_said_and_can_be_reached(landau, root, topic, monkeypatch):
    monkeypatch.setattr(reading, "TOPICS_SHOWN", 1)
    monkeypatch.setattr(reading, "CITIES_SHOWN", 1)
    make_leadership(topic=root, city=landau)
    make_leadership(topic=root, city=make_city("Zweibrücken"))
    page = logged_in(None).get(MATRIX)
    assert "1 Unterthema ist nicht gezeigt" in page.text
    assert [city[1] for city in page.context["matrix"].cities] == ["Landau"]
    assert page.context["matrix"].number_of_cities == 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_matrix_asks_as_often_for_one_as_for_three(number, django_assert_num_queries):
    for _each in range(number):
        make_leadership()
        make_practice()
    client = logged_in(None)
    with django_assert_num_queries(5):
        assert client.get(MATRIX).status_code == 200
