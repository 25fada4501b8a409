"""Bringing an old version back: one more version, all of its content, and what stands in the way."""

from decimal import Decimal
from typing import Any

import pghistory
import pytest
from django.core.files.base import ContentFile
from django.test import Client

from accounts.models import User
from cities.models import City
from practices import actions
from practices.actions import Links
from practices.enums import Status
from practices.files.actions import attach
from practices.history import timeline
from practices.models import Figure, Funding, Indicator, Practice, PracticeBlock, Relation, UsedProduct
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_topic, make_user
from tests.practices.blocks.rows import make_block
from tests.practices.write_ups import only, published
from topics.models import Topic

pytestmark = pytest.mark.django_db

COMPLETE = {
    "summary": "Sensoren zeigen, welcher Baum Wasser braucht.",
    "starting_point": "<p>Alle Bäume wurden nach Plan gegossen.</p>",
    "solution": "<p>Sieben Sensoren melden.</p>",
    "lessons": "<p>Früher mit den Gärtnern sprechen.</p>",
    "contact_name": "Grünflächenamt",
    "contact_email": "gruen@example.org",
}


@pytest.fixture
def city() -> City:
    return make_city("Landau in der Pfalz")


@pytest.fixture
def author(city: City) -> User:
    return make_user("author", city=city)


@pytest.fixture
def colleague(city: City) -> User:
    return make_user("manager", city=city, name="Kollegin")


@pytest.fixture
def topic() -> Topic:
    return make_topic("Klima")


@pytest.fixture
def practice(city: City, author: User, topic: Topic) -> Practice:
    """Published and complete, with links of every kind; one version."""
    practice = actions.create(
        practice=Practice(title="Bäume gießen", city=city, **COMPLETE),
        links=only(
            primary_topic=topic,
            further_topics=[make_topic("Energie")],
            partner_cities=[make_city("Trier")],
            tags=["Baum"],
        ),
        by=author,
    )
    return actions.publish(practice=practice, by=author)


def save(practice: Practice, by: User, links: Links, **values: Any) -> None:
    practice.refresh_from_db()
    for name, value in values.items():
        setattr(practice, name, value)
    actions.save(practice=practice, links=links, by=by, fields=list(values))


def address(practice: Practice, number: int) -> str:
    return f"/praxis/{practice.pk}/verlauf/{number}/wiederherstellen/"


def restore(client: Client, practice: Practice, number: int) -> Any:
    shown = client.get(address(practice, number))
    seen = shown.context["plan"].newest.version.number
    return client.post(address(practice, number), {"seen": seen}, follow=True)


def content(practice: Practice) -> dict[str, Any]:
    practice = Practice.objects.get(pk=practice.pk)
    values = {name: getattr(practice, name) for name in ("title", "phase", "starts", *COMPLETE)}
    links = {
        "topics": sorted((link.topic.name, link.is_primary) for link in practice.topic_links.all()),
        "partners": [city.name for city in practice.partner_cities.all()],
        "tags": sorted(tag.name for tag in practice.tags.all()),
    }
    return values | links


def test_old_version_comes_back_whole_as_one_more(practice: Practice, author: User, colleague: User) -> None:
    before, versions = content(practice), len(timeline.read(practice))
    energy = Topic.objects.get(name="Energie")
    links = only(primary_topic=energy, further_topics=[make_topic("Neu")], tags=["Sensor"])
    save(practice, colleague, links, title="Anders", phase="ended", starts="2020", solution="<p>Weg.</p>")
    assert content(practice) != before
    answer = restore(logged_in(colleague), practice, versions)
    assert f"Fassung {versions} ist wiederhergestellt" in answer.content.decode()
    assert content(practice) == before
    found = timeline.read(practice)
    assert len(found) == versions + 2
    assert found[-1].user_id == colleague.pk
    lines = logged_in(colleague).get(f"/praxis/{practice.pk}/verlauf/").context["page"].versions
    assert lines[0].what == [f"Fassung {versions} wiederhergestellt"]
    # What was undone can be had back as well.
    restore(logged_in(author), practice, versions + 1)
    assert content(practice)["title"] == "Anders"


def test_numbers_relations_and_files_come_back(practice: Practice, author: User, city: City) -> None:
    other = published("Bäume pflanzen", city=city)
    content = ContentFile(b"Gie\xc3\x9fplan;Tage\n1;2\n", name="plan.csv")
    with pghistory.context(user=author.pk):
        figure = Figure.objects.create(
            practice=practice, kind="cost_once", amount=667_000, accuracy="about", basis="estimated"
        )
        Indicator.objects.create(
            practice=practice, name="Wasser", unit="m³", before=Decimal("12.5"), after=8, basis="measured"
        )
        Funding.objects.create(practice=practice, programme="Klimafonds", share=Decimal("62.5"))
        UsedProduct.objects.create(practice=practice, product="Gießplaner", purpose="Tourenplanung")
        Relation.objects.create(source=practice, target=other, kind="builds_on")
        attach(practice=practice, upload=content, by=author, title="Plan")
    number = len(timeline.read(practice))
    before = rows_of(practice)
    with pghistory.context(user=author.pk):
        Figure.objects.filter(pk=figure.pk).update(amount=700_000, accuracy="", basis="measured")
        for related in ("indicators", "fundings", "products", "relations", "attachments"):
            getattr(practice, related).all().delete()
    client = logged_in(author)
    text = " ".join(client.get(address(practice, number)).content.decode().split(" "))
    for line in (
        "rund\N{NO-BREAK SPACE}667.000",
        "Wasser: vorher 12,5\N{NO-BREAK SPACE}m³, nachher 8\N{NO-BREAK SPACE}m³ (gemessen)",
        "Klimafonds (62,5\N{NO-BREAK SPACE}%)",
        "Gießplaner: Tourenplanung",
        "baut auf: Bäume pflanzen",
        "Plan (plan.csv)",
    ):
        assert line in text, line
    assert restore(client, practice, number).status_code == 200
    assert rows_of(practice) == before


def rows_of(practice: Practice) -> dict[str, list[Any]]:
    return {
        "figures": list(practice.figures.values()),
        "indicators": list(practice.indicators.values()),
        "fundings": list(practice.fundings.values()),
        "products": list(practice.products.values()),
        "relations": list(practice.relations.values("target", "kind")),
        "attachments": list(practice.attachments.values("stored", "title", "original_name", "alt_text")),
    }


def test_blocks_come_back_unless_they_are_gone(practice: Practice, author: User, city: City) -> None:
    kept, gone = make_block("Leitfaden", city=city), make_block("Vertrag", city=city)
    with pghistory.context(user=author.pk):
        for block in (kept, gone):
            PracticeBlock.objects.create(practice=practice, block=block)
    number = len(timeline.read(practice))
    with pghistory.context(user=author.pk):
        practice.block_uses.all().delete()
    gone.delete()
    client = logged_in(author)
    assert (
        "Bausteine: ein Baustein, den Sie nicht sehen können"
        in client.get(address(practice, number)).content.decode()
    )
    restore(client, practice, number)
    assert [use.block for use in practice.block_uses.all()] == [kept]


def test_relation_to_what_one_may_not_see_keeps_its_secret(practice: Practice, author: User) -> None:
    secret = make_practice("Geheimer Entwurf", city=make_city(), status=Status.DRAFT)
    number = len(timeline.read(practice)) + 1
    with pghistory.context(user=author.pk):
        relation = Relation.objects.create(source=practice, target=secret, kind="builds_on")
    with pghistory.context(user=author.pk):
        relation.delete()
    text = logged_in(author).get(address(practice, number)).content.decode()
    assert "ein Beitrag, den Sie nicht sehen können" in text
    assert "Geheimer Entwurf" not in text
    restore(logged_in(author), practice, number)
    assert not practice.relations.exists()


def test_confirmation_shows_what_will_change(practice: Practice, author: User, topic: Topic) -> None:
    save(practice, author, only(primary_topic=topic), solution="<p>Neun Sensoren melden.</p>")
    text = " ".join(logged_in(author).get(address(practice, 1)).content.decode().split())
    assert '<del><span class="kern-sr-only">gestrichen: </span>Neun ' in text
    assert '<ins><span class="kern-sr-only">neu: </span>Sieben ' in text
    assert content(practice)["solution"] == "<p>Neun Sensoren melden.</p>", "looking changes nothing"


def test_search_finds_what_came_back(practice: Practice, author: User, topic: Topic) -> None:
    save(practice, author, only(primary_topic=topic), title="Ganz anders")
    restore(logged_in(author), practice, 1)
    assert "Bäume gießen" in logged_in(None).get("/praxis/").content.decode()


def test_who_reads_it_and_where_it_stands_is_left_alone(
    practice: Practice, author: User, topic: Topic
) -> None:
    save(practice, author, only(primary_topic=topic), title="Anders", visibility="anonymous")
    client = logged_in(author)
    assert "Es bleibt, wie es heute ist: Wer darf es lesen?, Stand im Ablauf" in " ".join(
        client.get(address(practice, 1)).content.decode().split()
    )
    restore(client, practice, 1)
    practice.refresh_from_db()
    assert (practice.title, practice.visibility, practice.status) == (
        "Bäume gießen",
        "anonymous",
        Status.PUBLISHED,
    )


def test_what_is_gone_is_said_and_the_rest_comes_back(practice: Practice, author: User, topic: Topic) -> None:
    save(practice, author, only(primary_topic=topic), title="Anders")
    Topic.objects.get(name="Energie").delete()
    City.objects.get(name="Trier").delete()
    client = logged_in(author)
    text = client.get(address(practice, 1)).content.decode()
    for line in ("Themen: Energie (inzwischen gelöscht)", "Partnerstädte: Trier (inzwischen gelöscht)"):
        assert line in text
    answer = restore(client, practice, 1).content.decode()
    assert "Nicht wiederhergestellt: Themen: Energie" in answer
    assert content(practice)["title"] == "Bäume gießen"
    assert content(practice)["tags"] == ["Baum"]
    assert content(practice)["topics"] == [("Klima", True)]
    assert content(practice)["partners"] == []


def test_published_write_up_stays_complete(city: City, author: User, topic: Topic) -> None:
    draft = actions.create(practice=Practice(title="Nur ein Titel", city=city), links=only(), by=author)
    save(draft, author, only(primary_topic=topic), **COMPLETE)
    actions.publish(practice=draft, by=author)
    client = logged_in(author)
    text = client.get(address(draft, 1)).content.decode()
    assert "Diese Fassung lässt sich nicht wiederherstellen" in text
    assert "Es fehlt: In einem Satz, Ausgangslage, Lösung" in text
    assert "Wichtigstes Thema" in text
    assert "Als neue Fassung übernehmen" not in text
    before = content(draft)
    response = client.post(address(draft, 1), {"seen": 3})
    assert response.status_code == 422
    assert content(draft) == before


def test_newer_version_in_between_is_told(
    practice: Practice, author: User, colleague: User, topic: Topic
) -> None:
    save(practice, author, only(primary_topic=topic), title="Anders")
    client = logged_in(author)
    seen = client.get(address(practice, 1)).context["plan"].newest.version.number
    save(practice, colleague, only(primary_topic=topic), title="Noch anders")
    response = client.post(address(practice, 1), {"seen": seen})
    assert response.status_code == 422
    assert "Inzwischen gibt es eine neuere Fassung" in response.content.decode()
    assert content(practice)["title"] == "Noch anders"


def test_nonsense_restores_nothing(practice: Practice, author: User, topic: Topic) -> None:
    save(practice, author, only(primary_topic=topic), title="Anders")
    client = logged_in(author)
    for number in (0, 99, 2_147_483_648):
        assert client.get(address(practice, number)).status_code == 404
        assert client.post(address(practice, number), {"seen": 3}).status_code == 404
    for seen in ("", "x", "-1", "²", "9" * 5000):
        assert client.post(address(practice, 1), {"seen": seen}).status_code == 422
    assert content(practice)["title"] == "Anders"


def test_newest_version_has_nothing_to_restore(practice: Practice, author: User) -> None:
    newest = len(timeline.read(practice))
    text = logged_in(author).get(address(practice, newest)).content.decode()
    assert "sagt schon heute dasselbe" in text
    assert "Als neue Fassung übernehmen" not in text


def test_only_who_edits_restores(practice: Practice, author: User, city: City, topic: Topic) -> None:
    save(practice, author, only(primary_topic=topic), title="Anders")
    newest = len(timeline.read(practice))
    for person in (make_user("author", city=city), make_user("manager")):
        assert logged_in(person).post(address(practice, 1), {"seen": newest}).status_code == 403
    assert logged_in(None).post(address(practice, 1), {"seen": newest}).status_code == 302
    assert content(practice)["title"] == "Anders"
    assert restore(logged_in(make_coordinator()), practice, 1).status_code == 200
    assert content(practice)["title"] == "Bäume gießen"
