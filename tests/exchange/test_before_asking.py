"""What is known before somebody asks: write-ups that may answer it, the topic, the search in vain."""

import pytest
from django.utils import timezone

from accounts.models import User
from exchange.models import Request
from practices.enums import Status
from search import misses
from search.models import Miss
from tests.exchange.rows import form_data
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_topic, make_user
from topics.models import Topic

pytestmark = pytest.mark.django_db
NEW = "/gesuche/neu/"


@pytest.fixture
def topic() -> Topic:
    return make_topic("KI", slug="ki", parent=make_topic("Technik"))


@pytest.fixture
def author() -> User:
    return make_user("author", city=make_city("Speyer"))


def test_form_shows_write_ups_that_may_answer_it_already(author: User, topic: Topic) -> None:
    for number in range(3):
        make_practice(f"Mängelmelder Nummer {number}", topics=[topic])
    page = logged_in(author).get(f"{NEW}?titel=Mängelmelder").content.decode()
    assert "Steht die Antwort schon da?" in page
    assert "Mängelmelder Nummer 1" in page


def test_request_is_out_only_once_its_asker_has_seen_what_may_answer_it(author: User, topic: Topic) -> None:
    """One alone is enough, whatever else the title says; without a script the form comes back once."""
    known, client = make_practice("Beteiligungsportal für alle"), logged_in(author)
    make_practice("Beteiligungsportal im Entwurf", status=Status.DRAFT)
    sent = form_data(topic=topic.pk, title="Beteiligungsportal gesucht", text="Bleibt stehen")
    held = client.post(NEW, sent)
    page = held.content.decode()
    assert (held.status_code, Request.objects.count()) == (200, 0)
    assert "noch nicht veröffentlicht" in page
    assert "Bleibt stehen" in page
    assert [card.pk for card in held.context["known"]] == [known.pk]
    typed = client.get("/gesuche/neu/bekannt/", {"title": sent["title"]}).content.decode()
    assert f'value="{known.pk} "' in typed
    assert "Entwurf" not in typed
    assert logged_in(make_user()).get("/gesuche/neu/bekannt/").status_code == 403
    assert client.post(NEW, sent | {"gesehen": f"{known.pk} "}).status_code == 302
    shown = client.get(Request.objects.get().get_absolute_url())
    assert "Selbst etwas ergänzen" in shown.content.decode()
    assert shown.context["form"].offered == []


def test_form_begins_with_the_topic_that_the_words_name(author: User, topic: Topic) -> None:
    Topic.objects.filter(pk=topic.pk).update(synonyms=["Künstliche Intelligenz"])
    make_topic("Ruht", retired_on=timezone.localdate())
    client = logged_in(author)
    named = {"künstliche intelligenz": topic.pk, "KI": topic.pk, "Ruht": None, "!": None}
    for title, expected in named.items():
        assert client.get(NEW, {"titel": title}).context["form"].initial["topic"] == expected


def test_search_in_vain_becomes_a_request_and_leaves_the_list(author: User, topic: Topic) -> None:
    misses.count({"zufahrtssperre": 1})
    desk = logged_in(make_coordinator())
    shown = desk.get("/koordination/").content.decode()
    assert f"{NEW}?titel=zufahrtssperre&amp;suche=zufahrtssperre" in shown
    given = form_data(topic=topic.pk, suche="zufahrtssperre")
    logged_in(author).post(NEW, given)  # the list is the coordination's alone
    assert Miss.objects.exists()
    back = desk.post(f"{NEW}?nach=misses", given)
    assert back["Location"].startswith("/koordination/?nach=misses")
    assert not Miss.objects.exists()
