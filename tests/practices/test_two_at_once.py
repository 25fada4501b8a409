"""Two people in one section: each keeps what they changed, and chooses where both did."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cities.models import City
from practices.enums import Status
from practices.models import Practice
from tests.factories import logged_in, make_city, make_practice, make_topic, make_user
from topics.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city("Trier")


@pytest.fixture
def author(city: City) -> User:
    return make_user("author", city=city, name="Anna Autorin")


@pytest.fixture
def topic() -> Topic:
    return make_topic("Stadtgrün")


@pytest.fixture
def draft(city: City, author: User, topic: Topic) -> Practice:
    return make_practice(city=city, created_by=author, status=Status.DRAFT, topics=[topic])


class Window:
    """A browser that shows a section; `fields` are what it would send."""

    def __init__(self, user: User, practice: Practice, section: str = "profil") -> None:
        self.client: Client = logged_in(user)
        self.address = f"/praxis/{practice.pk}/bearbeiten/{section}/"
        self.fields = self._read(self.client.get(self.address))

    def _read(self, response: Any) -> dict[str, Any]:
        form = response.context["form"]
        values = {bound.name: bound.value() for bound in form}
        return {name: value for name, value in values.items() if value not in (None, [])}

    def save(self, **changes: Any) -> Any:
        response = self.client.post(self.address, self.fields | {"do": "draft"} | changes)
        if response.status_code == 422:
            self.fields = self._read(response)
        return response


@pytest.fixture
def mine(author: User, draft: Practice) -> Window:
    return Window(author, draft)


@pytest.fixture
def theirs(city: City, draft: Practice) -> Window:
    return Window(make_user("manager", city=city, name="Verena Verwaltung"), draft)


def conflicts(response: Any) -> list[str]:
    return [conflict.name for conflict in response.context["form"].conflicts]


def test_different_fields_are_both_saved_and_the_second_is_told(
    mine: Window, theirs: Window, draft: Practice, topic: Topic
) -> None:
    other = make_topic("Wasser")
    theirs.save(solution="<p>Ihre Lösung.</p>", primary_topic=str(other.pk))
    response = mine.client.post(
        mine.address, mine.fields | {"summary": "Mein Satz.", "do": "draft"}, follow=True
    )
    draft.refresh_from_db()
    assert (draft.summary, draft.solution) == ("Mein Satz.", "<p>Ihre Lösung.</p>")
    assert draft.topic_links.get().topic == other
    page = response.content.decode()
    assert "Was andere inzwischen geändert haben, ist geblieben" in page
    assert "„Lösung“" in page
    assert "„Wichtigstes Thema“" in page


def test_the_same_field_is_shown_in_both_versions_with_who_saved(mine: Window, theirs: Window) -> None:
    theirs.save(solution="<p>Ihre <strong>Lösung</strong>.</p>", summary="Ihr Satz.")
    response = mine.save(solution="<p>Meine Lösung.</p>", lessons="<p>Nur meins.</p>")
    assert conflicts(response) == ["solution"]
    page = response.content.decode()
    assert re.search(r"Inzwischen hat Verena Verwaltung um \d\d:\d\d Uhr gespeichert", page)
    assert "<p>Ihre <strong>Lösung</strong>.</p>" in page  # prose, not markup
    assert "Meine Lösung." in page
    assert mine.fields["summary"] == "Ihr Satz."


@pytest.mark.parametrize(
    ("choice", "stored"),
    [
        ("mine", "<p>Meine Lösung.</p>"),
        ("theirs", "<p>Ihre Lösung.</p>"),
        ("both", "<p>Ihre Lösung.</p>\n<p>Meine Lösung.</p>"),
    ],
)
def test_the_choice_holds(mine: Window, theirs: Window, draft: Practice, choice: str, stored: str) -> None:
    theirs.save(solution="<p>Ihre Lösung.</p>")
    mine.save(solution="<p>Meine Lösung.</p>", lessons="<p>Nur meins.</p>")
    draft.refresh_from_db()
    assert draft.solution == "<p>Ihre Lösung.</p>"
    assert mine.save(**{"choice-solution": choice}).status_code == 302
    draft.refresh_from_db()
    assert (draft.solution, draft.lessons) == (stored, "<p>Nur meins.</p>")


def test_without_a_choice_nothing_is_saved(mine: Window, theirs: Window, draft: Practice) -> None:
    theirs.save(summary="Ihr Satz.")
    mine.save(summary="Mein Satz.")
    for sent in ({}, {"choice-summary": "unsinn"}, {"choice-summary": "both"}):  # too short to hold both
        response = mine.save(**sent)
        assert conflicts(response) == ["summary"]
        assert mine.fields["summary"] == "Mein Satz."
    draft.refresh_from_db()
    assert draft.summary == "Ihr Satz."


@pytest.mark.parametrize("choice", ["mine", "both"])
def test_a_third_save_in_between_is_shown_anew(
    mine: Window, theirs: Window, draft: Practice, city: City, choice: str
) -> None:
    theirs.save(solution="<p>Ihre Lösung.</p>")
    mine.save(solution="<p>Meine Lösung.</p>")
    Window(make_user("manager", city=city), draft).save(
        solution="<p>Die dritte.</p>", summary="Der dritte Satz."
    )
    response = mine.save(**{"choice-solution": choice})
    assert conflicts(response) == ["solution"]
    assert "Die dritte." in response.content.decode()
    assert mine.save(**{"choice-solution": "both"}).status_code == 302
    draft.refresh_from_db()
    assert draft.solution == "<p>Die dritte.</p>\n<p>Meine Lösung.</p>"
    assert draft.summary == "Der dritte Satz."


def test_both_typed_the_same_is_no_conflict(mine: Window, theirs: Window, draft: Practice) -> None:
    theirs.save(summary="Derselbe Satz.")
    assert mine.save(summary="Derselbe Satz. ").status_code == 302
    draft.refresh_from_db()
    assert draft.version == 2  # the second had nothing to add


def test_a_bad_value_in_a_conflict_can_be_given_up(mine: Window, theirs: Window, draft: Practice) -> None:
    theirs.save(contact_email="neu@example.org")
    response = mine.save(contact_email="keine-adresse")
    assert conflicts(response) == ["contact_email"]
    assert mine.save(**{"choice-contact_email": "theirs"}).status_code == 302
    draft.refresh_from_db()
    assert draft.contact_email == "neu@example.org"


def test_two_sections_never_meet(mine: Window, city: City, draft: Practice) -> None:
    story = Window(make_user("manager", city=city), draft, "geschichte")
    story.save(approach="<p>Zuerst zwei Ämter.</p>")
    assert mine.save(summary="Mein Satz.").status_code == 302
    draft.refresh_from_db()
    assert (draft.approach, draft.summary) == ("<p>Zuerst zwei Ämter.</p>", "Mein Satz.")


def test_lists_of_both_are_joined(author: User, city: City, draft: Practice) -> None:
    mine = Window(author, draft, "einordnung")
    Window(make_user("manager", city=city), draft, "einordnung").save(keywords="Wasser")
    assert conflicts(mine.save(keywords="Bäume")) == ["keywords"]
    mine.save(**{"choice-keywords": "both"})
    assert sorted(draft.tags.names()) == ["Bäume", "Wasser"]


@pytest.mark.parametrize("base", ["", "[]", "null", '{"summary": 1}', "{", "[" * 5000])
def test_a_broken_comparison_shows_both_rather_than_overwrite(
    mine: Window, theirs: Window, draft: Practice, base: str
) -> None:
    theirs.save(summary="Ihr Satz.")
    assert "summary" in conflicts(mine.save(summary="Mein Satz.", base=base))
    draft.refresh_from_db()
    assert draft.summary == "Ihr Satz."
