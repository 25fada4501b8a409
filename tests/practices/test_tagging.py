"""Tags are merged, renamed, explained and made topics of: previewed, all or nothing, and taken back."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from taggit.models import Tag

from cities.enums import Role
from notifications.jobs import run_waiting
from notifications.models import UndertakingState
from practices import search_entry
from practices.enums import TagChangeKind
from practices.models import Practice, TagChange
from practices.tagging import views
from search.models import Synonym
from tests.bench.forms import filled_in
from tests.factories import logged_in, make_coordinator, make_practice, make_topic, make_user

pytestmark = pytest.mark.django_db
MERGE = "/koordination/schlagworte/zusammenfuehren/"


@pytest.fixture
def client() -> Client:
    return logged_in(make_coordinator(name="Ina Koordination"))


@pytest.fixture
def practices() -> list[Practice]:
    """Three write-ups: one with both spellings, one with each."""
    rows = [make_practice(title) for title in ("Beide", "Alte Schreibung", "Neue Schreibung")]
    rows[0].tags.add("E-Akten", "E-Akte")
    rows[1].tags.add("E-Akten", "Archiv")
    rows[2].tags.add("E-Akte")
    for row in rows:
        search_entry.refresh(row)
    return rows


def key(name: str) -> int:
    return Tag.objects.get(name=name).pk


def tags_of(practice: Practice) -> set[str]:
    return set(Practice.objects.get(pk=practice.pk).tags.names())


def merge(client: Client, *names: str, **more: Any) -> Any:
    data = {"tags": [key(name) for name in names], "keeps_words": "on", "deed": "do"}
    return client.post(MERGE, data | more)


def words(client: Client, name: str, *others: str) -> None:
    client.post(f"/koordination/schlagworte/{key(name)}/", {"words": "\n".join(others), "deed": "words"})


def terms_of(name: str) -> list[str]:
    return Synonym.objects.get(origin=f"tag:{key(name)}").terms


def found(text: str) -> str:
    return Client().get(f"/praxis/?q={text}").content.decode()


def test_the_list_counts_and_finds(client: Client, practices: list[Practice]) -> None:
    page: Any = client.get("/koordination/schlagworte/")
    assert [(tag.name, tag.number) for tag in page.context["tags"]] == [
        ("E-Akte", 2), ("E-Akten", 2), ("Archiv", 1),
    ]  # fmt: skip
    narrowed: Any = client.get("/koordination/schlagworte/?q=arch")
    assert [tag.name for tag in narrowed.context["tags"]] == ["Archiv"]


def test_a_preview_says_what_will_happen_and_does_nothing(client: Client, practices: list[Practice]) -> None:
    asked = client.get(f"{MERGE}?tags={key('E-Akten')}&tags={key('E-Akte')}").content.decode()
    assert 'value="E-Akte"' in asked
    shown = merge(client, "E-Akten", target="E-Akte", deed="preview").content.decode()
    assert "2 Beiträge bekommen „E-Akte“" in shown
    assert "1 davon hat es schon" in shown
    assert "Alte Schreibung" in shown
    assert not TagChange.objects.exists()
    assert tags_of(practices[1]) == {"E-Akten", "Archiv"}


def test_merging_moves_every_write_up_and_keeps_the_old_word_findable(
    client: Client, practices: list[Practice]
) -> None:
    before = Practice.objects.get(pk=practices[1].pk).version
    response = merge(client, "E-Akten", target="E-Akte")
    assert tags_of(practices[1]) == {"E-Akten", "Archiv"}, "nothing before the job"
    run_waiting()
    change = TagChange.objects.get()
    assert response["Location"] == f"/koordination/auftraege/{change.undertaking_id}/"
    assert [tags_of(one) for one in practices] == [{"E-Akte"}, {"E-Akte", "Archiv"}, {"E-Akte"}]
    assert change.undertaking
    assert (change.number, change.undertaking.state) == (2, UndertakingState.DONE)
    assert Practice.objects.get(pk=practices[1].pk).version == before + 1
    assert Synonym.objects.get(origin=f"tag:{key('E-Akte')}").terms == ["E-Akte", "E-Akten"]
    assert "Alte Schreibung" in found("Archiv")
    shown = client.get(f"/koordination/schlagworte/verlauf/{change.pk}/").content.decode()
    assert "2 Beiträge sind geändert" in shown
    assert "Ina Koordination" in shown


def test_undoing_gives_back_what_was_there_but_not_over_later_changes(
    client: Client, practices: list[Practice]
) -> None:
    merge(client, "E-Akten", target="E-Akte")
    run_waiting()
    practices[1].tags.remove("E-Akte")  # somebody decides otherwise meanwhile
    change = TagChange.objects.get()
    client.post(f"/koordination/schlagworte/verlauf/{change.pk}/zuruecknehmen/")
    run_waiting()
    assert [tags_of(one) for one in practices] == [{"E-Akten", "E-Akte"}, {"Archiv"}, {"E-Akte"}]
    assert not Synonym.objects.filter(origin__startswith="tag:").exists()
    change.refresh_from_db()
    assert change.undone_at
    again = client.post(f"/koordination/schlagworte/verlauf/{change.pk}/zuruecknehmen/", follow=True)
    assert "schon zurückgenommen" in again.content.decode()


def test_undoing_is_offered_after_the_job_and_in_the_list_until_it_is_done(
    client: Client, practices: list[Practice]
) -> None:
    job = merge(client, "E-Akten", target="E-Akte")["Location"]
    pages = (job, "/koordination/schlagworte/", "/koordination/schlagworte/verlauf/")
    undo = f'action="/koordination/schlagworte/verlauf/{TagChange.objects.get().pk}/zuruecknehmen/"'
    assert not [page for page in pages if undo in client.get(page).content.decode()], "nothing is done yet"
    run_waiting()
    for page in pages:
        shown = client.get(page).content.decode()
        assert "Rückgängig machen" in shown.split(undo)[1].split("</form>")[0]
    client.post(f"/koordination/schlagworte/verlauf/{TagChange.objects.get().pk}/zuruecknehmen/")
    run_waiting()
    assert not [page for page in pages if undo in client.get(page).content.decode()]


def test_undoing_keeps_the_words_that_were_added_since(client: Client, practices: list[Practice]) -> None:
    words(client, "E-Akte", "Aktenplan")
    words(client, "E-Akten", "Registratur")
    merge(client, "E-Akten", target="E-Akte")
    run_waiting()
    assert terms_of("E-Akte") == ["E-Akte", "Aktenplan", "E-Akten", "Registratur"]
    words(client, "E-Akte", "E-Akten", "Registratur", "DMS")  # one more, and without one from before
    practices[2].tags.add("E-Akten")  # somebody has it anew, with a word of its own
    words(client, "E-Akten", "Vorgang")
    client.post(f"/koordination/schlagworte/verlauf/{TagChange.objects.get().pk}/zuruecknehmen/")
    run_waiting()
    assert terms_of("E-Akte") == ["E-Akte", "DMS"]
    assert terms_of("E-Akten") == ["E-Akten", "Registratur", "Vorgang"]


def test_undoing_takes_no_word_that_the_merge_did_not_add(client: Client, practices: list[Practice]) -> None:
    words(client, "E-Akten", "Ablage")
    merge(client, "E-Akten", target="E-Akte", keeps_words="")
    run_waiting()
    words(client, "E-Akte", "Ablage")
    client.post(f"/koordination/schlagworte/verlauf/{TagChange.objects.get().pk}/zuruecknehmen/")
    run_waiting()
    assert terms_of("E-Akte") == ["E-Akte", "Ablage"]
    assert terms_of("E-Akten") == ["E-Akten", "Ablage"]


def test_renaming_is_merging_into_a_new_word(client: Client, practices: list[Practice]) -> None:
    merge(client, "Archiv", target="Stadtarchiv")
    run_waiting()
    assert tags_of(practices[1]) == {"E-Akten", "Stadtarchiv"}
    merge(client, "Stadtarchiv", target="STADTARCHIV", keeps_words="")
    run_waiting()
    assert tags_of(practices[1]) == {"E-Akten", "STADTARCHIV"}
    client.post(f"/koordination/schlagworte/verlauf/{TagChange.objects.latest('pk').pk}/zuruecknehmen/")
    run_waiting()
    assert tags_of(practices[1]) == {"E-Akten", "Stadtarchiv"}


def test_a_tag_becomes_a_topic_and_a_tag_again(client: Client, practices: list[Practice]) -> None:
    topic = make_topic("Aktenführung")
    tag = key("E-Akten")
    path = f"/koordination/schlagworte/{tag}/"
    shown = client.post(path, {"topic": topic.pk, "deed": "preview"}).content.decode()
    assert "2 Beiträge bekommen „Aktenführung“" in shown
    client.post(path, {"topic": topic.pk, "deed": "topic"})
    run_waiting()
    assert set(Practice.objects.filter(topics=topic)) == set(practices[:2])
    assert tags_of(practices[1]) == {"Archiv"}
    assert "Alte Schreibung" in Client().get(f"/praxis/?thema={topic.slug}").content.decode()
    client.post(f"/koordination/schlagworte/verlauf/{TagChange.objects.get().pk}/zuruecknehmen/")
    run_waiting()
    assert not Practice.objects.filter(topics=topic).exists()
    assert tags_of(practices[1]) == {"Archiv", "E-Akten"}


def test_what_fails_in_the_middle_leaves_nothing_half_done(
    client: Client, practices: list[Practice], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_args: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("practices.tagging.work._touch", crash)
    merge(client, "E-Akten", target="E-Akte")
    run_waiting()
    assert tags_of(practices[1]) == {"E-Akten", "Archiv"}
    change = TagChange.objects.get()
    assert change.undertaking
    assert (change.done_at, change.undertaking.state) == (None, UndertakingState.FAILED)


def test_an_open_editor_does_not_bring_the_old_tag_back(client: Client, practices: list[Practice]) -> None:
    path = f"/praxis/{practices[1].pk}/bearbeiten/einordnung/"
    opened: Any = client.get(path)
    sent = filled_in(opened.content.decode(), path)
    assert "E-Akten" in sent["keywords"][0]
    merge(client, "E-Akten", target="E-Akte")
    run_waiting()
    client.post(path, sent)
    assert tags_of(practices[1]) == {"E-Akte", "Archiv"}


def test_synonyms_of_a_tag_widen_the_search(client: Client, practices: list[Practice]) -> None:
    assert "Alte Schreibung" not in found("Magazin")
    path = f"/koordination/schlagworte/{key('Archiv')}/"
    client.post(path, {"words": "Magazin", "deed": "words"})
    assert "Alte Schreibung" in found("Magazin")
    assert "Archiv = Magazin" in client.get("/koordination/suche/").content.decode()
    client.post(path, {"words": "", "deed": "words"})
    assert not Synonym.objects.exists()
    assert client.post(path, {"words": "!!!", "deed": "words"}).status_code == 422


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("target", ""), ("target", "a,b"), ("target", "!!"), ("target", "x" * 101), ("target", "Archiv"),
        ("tags", []), ("tags", ["999999"]), ("tags", ["abc"]),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_the_field(
    client: Client, practices: list[Practice], field: str, value: Any
) -> None:
    refused = merge(client, "Archiv", **{"target": "Neu", field: value})
    assert refused.status_code == 422
    assert field in refused.context["form"].errors
    assert not TagChange.objects.exists()


def test_what_was_done_with_a_tag_has_pages(
    client: Client, practices: list[Practice], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PAGE_SIZE", 2)
    for number in range(3):
        TagChange.objects.create(kind=TagChangeKind.MERGE, sources=[f"alt {number}"], target="Archiv")
    TagChange.objects.create(kind=TagChangeKind.MERGE, sources=["fremd"], target="E-Akte")
    path = f"/koordination/schlagworte/{key('Archiv')}/"
    first = client.get(path)
    second = client.get(f"{path}?{first.context['page'].next_query(first.wsgi_request.GET)}")
    told = [[change.sources for change in page.context["changes"]] for page in (first, second)]
    assert told == [[["alt 2"], ["alt 1"]], [["alt 0"]]]
    assert ['rel="next"' in page.text for page in (first, second)] == [True, False]


@pytest.mark.parametrize("role", list(Role))
def test_tags_are_the_coordinations(practices: list[Practice], role: Role) -> None:
    client = logged_in(make_user(role, city=practices[0].city))
    assert merge(client, "E-Akten", target="E-Akte").status_code == 403
    path = f"/koordination/schlagworte/{key('Archiv')}/"
    assert client.post(path, {"words": "Magazin", "deed": "words"}).status_code == 403
    assert not TagChange.objects.exists()
    assert not Synonym.objects.exists()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"sources": []}, "tagchange_of_something"),
        ({"target": ""}, "tagchange_merge_has_target"),
        ({"undone_at": "2026-01-01T12:00:00Z"}, "tagchange_done_before_undone"),
    ],
)
def test_what_makes_no_sense_cannot_be_stored(fields: dict[str, Any], name: str) -> None:
    values = {"kind": TagChangeKind.MERGE, "sources": ["a"], "target": "b"} | fields
    with pytest.raises(IntegrityError, match=name):
        TagChange.objects.create(**values)
