"""A person keeps searches; only they see and delete them."""

import pytest
from django.db import IntegrityError, transaction

from ikone.finding import saved
from ikone.models import SavedSearch
from practices.enums import Kind, Phase
from tests.factories import logged_in, make_city, make_topic, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/praxis/?q=Laternen&art=stopped&nach=abc"


def test_search_is_named_kept_repeated_and_deleted() -> None:
    client = logged_in(make_user("author"))
    asked = client.get("/mein/suchen/merken/", {"address": ADDRESS})
    assert f'value="Laternen, {Kind.STOPPED.label}"' in asked.content.decode()
    kept = client.post("/mein/suchen/merken/", {"address": ADDRESS, "name": "Licht, das nicht ging"})
    assert kept["Location"] == "/praxis/?q=Laternen&art=stopped"  # without the place in the list
    mine = client.get("/mein/").content.decode()
    assert 'href="/praxis/?q=Laternen&amp;art=stopped">Licht, das nicht ging</a>' in mine
    assert 'href="/mein/suchen/"' in mine
    assert "Licht, das nicht ging" in client.get("/mein/suchen/").content.decode()
    row = SavedSearch.objects.get()
    assert row.address in client.get("/mein/suchen/").content.decode().replace("&amp;", "&")
    client.post(f"/mein/suchen/{row.pk}/loeschen/")
    assert not SavedSearch.objects.exists()
    assert "Gemerkte Suchen" not in client.get("/mein/").content.decode()


def test_the_newest_stand_in_the_own_area_and_the_name_says_all_filters() -> None:
    user = make_user("author")
    client = logged_in(user)
    for number in range(5):
        SavedSearch.objects.create(user=user, name=f"Suche {number}", address=f"/suche/?q={number}")
    mine = client.get("/mein/").content.decode()
    assert [number for number in range(5) if f"Suche {number}" in mine] == [2, 3, 4]
    assert "Alle ansehen und löschen" in mine
    topic, city = make_topic("Parken"), make_city("Landau")
    asked = {
        "address": f"/praxis/?thema={topic.slug}&stand=live&land=10&stadt={city.slug}&wie=unsere&art=falsch"
    }
    name = client.get("/mein/suchen/merken/", asked).context["form"].initial["name"]
    assert name == f"Parken, {Phase.LIVE.label}, Saarland, Landau, Städte wie unsere"


def test_others_neither_see_nor_delete_it() -> None:
    row = SavedSearch.objects.create(user=make_user("author"), name="Meine Suche", address="/suche/?q=x")
    other = logged_in(make_user("manager"))
    assert "Meine Suche" not in other.get("/mein/suchen/").content.decode()
    assert other.post(f"/mein/suchen/{row.pk}/loeschen/").status_code == 404
    assert SavedSearch.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/praxis/?q=x",
        "//example.org/suche/?q=x",
        "/konto/abmelden/?q=x",
        "/praxis/",
        "javascript:alert(1)",
        "http://[",
        "/suche/?nach=x",
    ],
)
def test_only_searches_of_the_portal_can_be_kept(address: str) -> None:
    client = logged_in(make_user("author"))
    response = client.post("/mein/suchen/merken/", {"address": address, "name": "Fremd"})
    assert response.status_code == 422
    assert "keine Suche" in response.content.decode()
    assert not SavedSearch.objects.exists()


def test_same_search_twice_and_too_many_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user("author")
    client = logged_in(user)
    form = {"address": "/suche/?q=x", "name": "X"}
    client.post("/mein/suchen/merken/", form)
    twice = client.post("/mein/suchen/merken/", form)
    assert twice.status_code == 422
    assert "schon gemerkt" in twice.content.decode()
    monkeypatch.setattr(saved, "MOST", 1)
    full = client.post("/mein/suchen/merken/", form | {"address": "/suche/?q=y"})
    assert "lassen sich nicht merken" in full.content.decode()
    assert SavedSearch.objects.count() == 1


@pytest.mark.parametrize("address", ["", "http://[/?q=Licht", "/konto/?q=Licht", "/praxis/?nach=x"])
def test_address_that_is_no_search_is_told_before_anybody_fills_in_a_form(address: str) -> None:
    asked = logged_in(make_user("author")).get("/mein/suchen/merken/", {"address": address})
    assert asked.status_code == 422
    text = asked.content.decode()
    assert "Diese Adresse ist keine Suche" in text
    assert 'href="/suche/"' in text
    assert 'name="name"' not in text


def test_double_click_keeps_one_search_and_both_clicks_lead_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    client = logged_in(make_user("author"))
    form = {"address": "/suche/?q=x", "name": "X"}
    with monkeypatch.context() as patch:  # as at the same moment: neither click sees the other's row
        patch.setattr(saved.KeepForm, "clean", lambda form: form.cleaned_data)
        answers = [client.post("/mein/suchen/merken/", form) for _click in range(2)]
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, "/suche/?q=x")] * 2
    assert SavedSearch.objects.count() == 1


@pytest.mark.parametrize("fields", [{"name": ""}, {"address": "/konto/?q=x"}])
def test_database_refuses_what_is_no_search(fields: dict[str, str]) -> None:
    values = {"user": make_user("author"), "name": "X", "address": "/suche/?q=x"} | fields
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedSearch.objects.create(**values)


def test_export_has_them_and_leaving_takes_them_along() -> None:
    user = make_user("author")
    SavedSearch.objects.create(user=user, name="Licht", address="/suche/?q=Licht")
    SavedSearch.objects.create(user=make_user("author"), name="Andere", address="/suche/?q=Andere")
    assert saved.PRIVACY.export(user) == [{"name": "Licht", "address": "/suche/?q=Licht"}]
    saved.PRIVACY.erase(user)
    assert [one.name for one in SavedSearch.objects.all()] == ["Andere"]
