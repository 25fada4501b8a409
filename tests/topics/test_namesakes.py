"""Who names a topic like another one is shown that one and asked; nothing is made twice by accident."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_topic
from tests.topics.forms import edit_url, typed
from topics.models import Topic

pytestmark = pytest.mark.django_db

REFUSED = 422


@pytest.fixture(autouse=True)
def known():
    root = make_topic("Verwaltung", slug="verwaltung")
    return make_topic(
        "E-Akte und Dokumentenmanagement", slug="e-akte", synonyms=["Digitale Akte", "DMS"], parent=root
    )


@pytest.mark.parametrize("name", ["E-Akte und Dokumentenmanagement", "digitale  AKTE", "DMS"])
def test_a_name_or_word_of_another_topic_is_asked_about(client, name):
    sent = typed(name=name, summary="Bleibt hier stehen")
    answer = client.post(reverse("topics:create"), sent)
    assert answer.status_code == REFUSED
    [message] = answer.context["form"].errors["anyway"]
    assert "„E-Akte und Dokumentenmanagement“" in message
    assert 'href="/themen/e-akte/">Verwaltung › E-Akte' in answer.text
    assert "Bleibt hier stehen" in answer.text
    assert Topic.objects.count() == 2
    assert client.post(reverse("topics:create"), sent | {"anyway": "on"}).status_code == 302
    assert Topic.objects.count() == 3


def test_other_names_are_not_asked_about(client):
    make_topic("Archiv")
    assert "anyway" not in client.get(reverse("topics:create")).text
    assert client.post(reverse("topics:create"), typed(name="E-Akte", slug="akten")).status_code == 302


def test_a_retired_topic_counts_and_is_marked(client, known):
    Topic.objects.filter(pk=known.pk).update(retired_on=timezone.localdate())
    answer = client.post(reverse("topics:create"), typed(name="DMS"))
    assert answer.status_code == REFUSED
    assert "stillgelegt" in answer.text


def test_renaming_is_asked_about_and_saving_the_rest_is_not(client, known):
    other = make_topic("Ablage", slug="ablage")
    twin = make_topic("DMS", slug="dms")
    answer = client.post(edit_url(other), typed(other, name="Digitale Akte"))
    assert answer.status_code == REFUSED
    assert answer.context["form"].errors.keys() == {"anyway"}
    assert client.post(edit_url(twin), typed(twin, summary="Neu gesagt")).status_code == 302
    answer = client.post(edit_url(other), typed(other, name="Digitale Akte", anyway="on"))
    assert answer.status_code == 302
    other.refresh_from_db()
    assert other.name == "Digitale Akte"


def test_where_the_name_is_impossible_there_is_nothing_to_confirm(client, known):
    answer = client.post(
        reverse("topics:create"), typed(name=known.name, parent=str(known.parent_id), slug="anders")
    )
    assert answer.context["form"].errors.keys() == {"name"}
    assert "anyway" not in answer.text
    assert 'href="/themen/e-akte/"' in answer.text
