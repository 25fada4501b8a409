"""Unsaved input: kept as one types, back for its author alone, gone with saving."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from cities.models import City
from practices.editing import copies
from practices.enums import Status
from practices.models import Practice, WorkingCopy
from practices.tasks import forget_what_was_left_in_the_editor
from tests.factories import logged_in, make_city, make_practice, make_topic, make_user
from tests.practices.write_ups import complete_form

pytestmark = pytest.mark.django_db

NEW = "/praxis/neu/"
TYPED = {"approach": ["<p>Halb getippt</p>"], "version": ["1"]}


@pytest.fixture
def city() -> City:
    return make_city("Trier")


@pytest.fixture
def author(city: City) -> User:
    return make_user("author", city=city)


@pytest.fixture
def manager(city: City) -> User:
    return make_user("manager", city=city)


@pytest.fixture
def client(author: User) -> Client:
    return logged_in(author)


@pytest.fixture
def draft(city: City, author: User) -> Practice:
    return make_practice(city=city, created_by=author, status=Status.DRAFT)


def story(practice: Practice) -> str:
    return f"/praxis/{practice.pk}/bearbeiten/geschichte/"


def send(client: Client, address: str, body: Any) -> Any:
    return client.post(f"{address}sichern/", body, content_type="application/json")


def test_typed_text_is_kept_and_changes_neither_record_nor_history(
    client: Client, author: User, draft: Practice
) -> None:
    for text in ("<p>Halb</p>", "<p>Halb getippt</p>"):
        answer = send(client, story(draft), {"values": TYPED | {"approach": [text]}})
    assert answer.json()["saved_at"].endswith("Uhr")
    copy = WorkingCopy.objects.get()
    assert (copy.author, copy.values["approach"]) == (author, ["<p>Halb getippt</p>"])
    draft.refresh_from_db()
    versions = draft.events.count()  # type: ignore[attr-defined]
    assert (draft.approach, draft.version, versions) == ("", 1, 1)


def test_opening_the_section_brings_it_back_without_an_error(client: Client, draft: Practice) -> None:
    send(client, story(draft), {"values": TYPED})
    response = client.get(story(draft))
    page = response.content.decode()
    assert response.status_code == 200
    assert "sind wieder da" in page
    assert "Halb getippt" in page
    assert not response.context["form"].errors
    assert "Noch nicht gespeicherte Eingaben von" in client.get(f"/praxis/{draft.pk}/bearbeiten/").text


def test_a_colleague_and_a_coordinator_do_not_see_it(client: Client, manager: User, draft: Practice) -> None:
    send(client, story(draft), {"values": TYPED})
    copy = WorkingCopy.objects.get()
    other = logged_in(manager)
    for address in (story(draft), f"/praxis/{draft.pk}/bearbeiten/", "/mein/", draft.get_absolute_url()):
        assert "Halb getippt" not in other.get(address).text
        assert "sind wieder da" not in other.get(address).text
    assert other.post(f"/praxis/eingaben/{copy.pk}/verwerfen/").status_code == 404
    assert WorkingCopy.objects.exists()


def test_two_people_keep_their_own(client: Client, manager: User, draft: Practice) -> None:
    send(client, story(draft), {"values": TYPED})
    send(logged_in(manager), story(draft), {"values": TYPED | {"approach": ["<p>Anders</p>"]}})
    assert WorkingCopy.objects.count() == 2


def test_saving_ends_the_keeping_of_this_section_alone(client: Client, draft: Practice) -> None:
    send(client, story(draft), {"values": TYPED})
    send(client, f"/praxis/{draft.pk}/bearbeiten/vertrauen/", {"values": {"deputy_name": ["Hauptamt"]}})
    client.post(story(draft), {"approach": "<p>Fertig getippt</p>", "version": draft.version})
    assert [copy.section for copy in WorkingCopy.objects.all()] == ["vertrauen"]


def test_discarding_brings_back_what_is_stored(client: Client, draft: Practice) -> None:
    send(client, story(draft), {"values": TYPED})
    response = client.post(f"/praxis/eingaben/{WorkingCopy.objects.get().pk}/verwerfen/")
    assert response.headers["Location"] == story(draft)
    assert not client.get(story(draft)).context["form"].is_bound


def test_what_could_not_be_saved_is_kept_without_a_script(client: Client, draft: Practice) -> None:
    client.post(f"/praxis/{draft.pk}/bearbeiten/einordnung/", {"ends": "gestern", "keywords": "Bäume"})
    form = client.get(f"/praxis/{draft.pk}/bearbeiten/einordnung/").context["form"]
    assert (form["ends"].value(), form["keywords"].value()) == ("gestern", "Bäume")
    client.post(NEW, {"title": "", "summary": "Ein Satz.", "key": str(uuid.uuid4()), "do": "draft"})
    assert "Neuer Beitrag ohne Titel" in client.get("/mein/").text


def test_a_new_write_up_waits_under_mine_until_it_is_saved(client: Client) -> None:
    key, topic = str(uuid.uuid4()), make_topic()
    values = {name: [text] for name, text in complete_form(topic, title="Fast fertig", key=key).items()}
    assert send(client, NEW, {"values": values}).json()["saved_at"]
    assert not Practice.objects.exists()
    address = f"{NEW}?entwurf={key}"
    assert address in client.get("/mein/").text
    assert "Fast fertig" in client.get(NEW).text
    response = client.get(address)
    assert response.context["form"]["title"].value() == "Fast fertig"
    assert "sind wieder da" in response.text
    client.post(NEW, complete_form(topic, title="Fast fertig", key=key, do="draft"))
    assert Practice.objects.get().title == "Fast fertig"
    assert not WorkingCopy.objects.exists()


def test_what_arrives_after_the_form_was_saved_leaves_nothing_behind(client: Client) -> None:
    key = str(uuid.uuid4())
    client.post(NEW, complete_form(make_topic(), key=key, do="draft"))
    answer = send(client, NEW, {"values": {"key": [key], "title": ["Zu spät"]}})
    assert answer.json()["saved_as"] == f"/praxis/{Practice.objects.get().pk}/bearbeiten/"
    assert not WorkingCopy.objects.exists()


def test_somebody_elses_draft_does_not_open(client: Client, manager: User) -> None:
    key = str(uuid.uuid4())
    send(logged_in(manager), NEW, {"values": {"key": [key], "title": ["Geheim"]}})
    assert "Geheim" not in client.get(f"{NEW}?entwurf={key}").text


def test_an_ended_session_is_told_to_the_script_and_a_new_one_gives_a_token(
    author: User, draft: Practice
) -> None:
    stranger = Client(enforce_csrf_checks=False)
    answer = stranger.post(f"{story(draft)}sichern/", headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 401
    again = logged_in(author).get(f"{story(draft)}sichern/").json()
    assert again["person"] == author.pk
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author)
    token = strict.get(f"{story(draft)}sichern/").json()["token"]
    body, kind = '{"values": {"approach": ["x"]}}', "application/json"
    assert strict.post(f"{story(draft)}sichern/", body, content_type=kind).status_code == 403
    headers = {"X-CSRFToken": token}
    assert strict.post(f"{story(draft)}sichern/", body, content_type=kind, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "body",
    ["{", "[]", '{"values": []}', '{"values": {"a": "b"}}', '{"values": {"a": [1]}}', "[" * 5_000, "\x00"],
)
def test_what_no_script_of_ours_sends_is_refused(client: Client, draft: Practice, body: str) -> None:
    assert send(client, story(draft), body).status_code == 400
    assert not WorkingCopy.objects.exists()


def test_odd_signs_are_kept_and_too_much_is_refused(client: Client, draft: Practice) -> None:
    assert send(client, story(draft), {"values": {"legal": ["a\x00b", "\ud800"]}}).status_code == 200
    assert WorkingCopy.objects.get().values == {"legal": ["ab", "?"]}
    too_much = {"values": {"legal": ["x" * (copies.MOST_CHARACTERS + 1)]}}
    assert send(client, story(draft), too_much).status_code == 413
    assert send(client, NEW, {"values": {"title": ["ohne Schlüssel"]}}).status_code == 400


def test_keeping_costs_few_queries(client: Client, draft: Practice) -> None:
    send(client, story(draft), {"values": TYPED})
    with CaptureQueriesContext(connection) as captured:
        send(client, story(draft), {"values": TYPED})
    asked = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= 7, asked


def test_old_input_and_that_of_deleted_accounts_goes(client: Client, author: User, draft: Practice) -> None:
    send(client, story(draft), {"values": TYPED})
    send(client, f"/praxis/{draft.pk}/bearbeiten/vertrauen/", {"values": TYPED})
    old = timezone.now() - timedelta(days=copies.KEPT_DAYS, minutes=1)
    WorkingCopy.objects.filter(section="vertrauen").update(saved_at=old)
    forget_what_was_left_in_the_editor()
    assert [copy.section for copy in WorkingCopy.objects.all()] == ["geschichte"]
    author.delete()
    assert not WorkingCopy.objects.exists()


def test_who_no_longer_acts_for_the_city_finds_nothing(client: Client, author: User, draft: Practice) -> None:
    send(client, story(draft), {"values": TYPED})
    author.memberships.all().delete()
    assert client.get(story(draft)).status_code == 404
    assert send(client, story(draft), {"values": TYPED}).status_code == 404
    assert draft.title not in client.get("/mein/").text


@pytest.mark.parametrize(
    "thing", [{}, {"practice": True, "creation_key": uuid.uuid4()}], ids=["of nothing", "of two things"]
)
def test_a_copy_belongs_to_one_thing(author: User, draft: Practice, thing: dict[str, Any]) -> None:
    fields = thing | ({"practice": draft} if "practice" in thing else {})
    with pytest.raises(IntegrityError, match="workingcopy_of_one_thing"), transaction.atomic():
        WorkingCopy.objects.create(
            author=author, section="profil", values={}, saved_at=timezone.now(), **fields
        )


def test_a_second_window_does_not_write_over_the_first(client: Client, draft: Practice) -> None:
    def typed(text: str, window: str, seen: str | None) -> Any:
        values = TYPED | {"approach": [text]}
        return send(client, story(draft), {"values": values, "window": window, "seen": seen})

    first = typed("<p>Eins</p>", "a", "")
    assert typed("<p>Eins, weiter</p>", "a", "").status_code == 200, "its answer may have got lost"
    other = typed("<p>Zwei</p>", "b", "")
    assert (other.status_code, other.json()) == (409, {"problem": "elsewhere"})
    assert WorkingCopy.objects.get().values["approach"] == ["<p>Eins, weiter</p>"]
    assert typed("<p>Zwei</p>", "b", first.json()["mark"]).status_code == 409, "that was an older state"
    form = {"approach": "<p>Zwei</p>", "version": draft.version, "seen": "", "window": "b"}
    saved = client.post(story(draft), form, follow=True)
    assert "In einem anderen Fenster" in saved.text
    assert WorkingCopy.objects.get().values["approach"] == ["<p>Eins, weiter</p>"], "saving loses it neither"
    assert typed("<p>Zwei</p>", "b", None).status_code == 200, "asked for, it may"


def test_a_window_goes_on_where_the_page_was_opened(client: Client, draft: Practice) -> None:
    send(client, story(draft), {"values": TYPED, "window": "a", "seen": ""})
    seen = client.get(story(draft)).context["seen"]
    later = {"values": TYPED | {"approach": ["<p>Ganz getippt</p>"]}, "window": "b", "seen": seen}
    assert send(client, story(draft), later).status_code == 200
    refused = {"ends": "gestern", "seen": "", "window": ""}
    address = f"/praxis/{draft.pk}/bearbeiten/einordnung/"
    seen = client.post(address, refused).context["seen"]
    client.post(address, refused | {"ends": "vorgestern", "seen": seen})
    assert WorkingCopy.objects.get(section="einordnung").values["ends"] == ["vorgestern"]


def test_what_one_person_leaves_unsaved_has_an_end(
    client: Client, draft: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "MOST_COPIES", 1)
    send(client, story(draft), {"values": TYPED})
    trust = f"/praxis/{draft.pk}/bearbeiten/vertrauen/"
    full = send(client, trust, {"values": {"deputy_name": ["Amt"]}})
    assert (full.status_code, full.json()) == (409, {"problem": "full"})
    assert send(client, story(draft), {"values": TYPED}).status_code == 200, "what is there goes on"
    refused = client.post(f"/praxis/{draft.pk}/bearbeiten/einordnung/", {"ends": "gestern"})
    assert "sehr viel begonnen" in refused.text


def test_a_body_longer_than_any_form_is_not_even_read(client: Client, draft: Practice) -> None:
    body = '{"values": {"legal": ["' + "x" * (6 * 1024 * 1024) + '"]}}'
    answer = send(client, story(draft), body)
    assert (answer.status_code, answer.json()) == (413, {"problem": "too_long"})
