"""Cards as a search shows them are kept by what they say."""

import pytest

from practices.found import found_by_key
from practices.models import Practice
from search.analysis.words import stem_of
from search.marking import Marker
from tests.factories import make_practice, make_topic, make_user

pytestmark = pytest.mark.django_db


def test_a_snippet_is_drawn_once_and_anew_when_the_text_changes() -> None:
    practice = make_practice(solution="<p>Wir haben Glasfaser verlegt.</p>")
    marker = Marker(frozenset({stem_of("Glasfaser"), stem_of("Kupfer")}))
    reader = make_user("author", city=practice.city)
    (first,) = found_by_key([practice.pk], reader, marker).values()
    assert "<mark>Glasfaser</mark>" in first.snippet
    assert found_by_key([practice.pk], reader, marker)[practice.pk] is first
    Practice.objects.filter(pk=practice.pk).update(solution="<p>Nun liegt dort Kupfer.</p>")
    assert "<mark>Kupfer</mark>" in found_by_key([practice.pk], reader, marker)[practice.pk].snippet


def test_what_was_found_by_a_tag_or_a_topic_alone_says_so() -> None:
    practice = make_practice("Weniger Papier", topics=[make_topic("Digitale Akte")])
    practice.tags.add("Schriftgut & mehr")
    reader = make_user("author", city=practice.city)

    def shown(word: str) -> str:
        marker = Marker(frozenset({stem_of(word)}))
        return found_by_key([practice.pk], reader, marker)[practice.pk].snippet

    assert shown("Schriftgut") == "Schlagwort: <mark>Schriftgut</mark> &amp; mehr"
    assert shown("Akte") == "Thema: Digitale <mark>Akte</mark>"
    assert shown("weniger") == ""  # the title shows it
