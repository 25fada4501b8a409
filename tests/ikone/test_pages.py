"""Pages of the operator: read by everybody, edited by coordinators, and nobody's text is lost."""

from typing import Any

import pytest
from django.test import Client

from ikone.models import OperatorPage
from ikone.views import pages
from tests.factories import make_coordinator, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> OperatorPage:
    return OperatorPage.objects.create(slug="impressum", title="Impressum", body="<p>Stadt Muster</p>")


@pytest.fixture
def coordinator() -> Client:
    client = Client()
    client.force_login(make_coordinator())
    return client


def test_everybody_reads_a_page(page: OperatorPage) -> None:
    response = Client().get("/impressum/")
    assert response.status_code == 200
    assert "<p>Stadt Muster</p>" in response.content.decode()
    assert "bearbeiten" not in response.content.decode()


@pytest.mark.parametrize("slug", ["ueber", "leichte-sprache", "barrierefreiheit", "datenschutz", "impressum"])
def test_a_page_that_nobody_wrote_says_so(slug: str) -> None:
    response = Client().get(f"/{slug}/")
    assert response.status_code == 200
    assert "noch nicht geschrieben" in response.content.decode()


def test_other_addresses_are_not_found() -> None:
    assert Client().get("/gibt-es-nicht/").status_code == 404


def test_a_coordinator_writes_a_page_that_was_missing(coordinator: Client) -> None:
    response = coordinator.post("/datenschutz/bearbeiten/", {"title": "Datenschutz", "body": "Kurz und gut."})
    assert response.status_code == 302
    assert OperatorPage.objects.get(slug="datenschutz").body == "<p>Kurz und gut.</p>"


def test_of_two_who_write_a_missing_page_at_once_the_second_chooses(
    coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = pages._page_or_404

    def quicker(slug: str) -> OperatorPage:
        """The other one saves between the look at the page and the writing."""
        page = stored(slug)
        OperatorPage.objects.get_or_create(
            slug=slug, defaults={"title": "Datenschutz", "body": "<p>Vom ersten</p>"}
        )
        return page

    monkeypatch.setattr(pages, "_page_or_404", quicker)
    response = coordinator.post("/datenschutz/bearbeiten/", {"title": "Datenschutz", "body": "Vom zweiten"})
    assert response.status_code == 422
    assert [conflict.theirs for conflict in response.context["form"].conflicts] == ["<p>Vom ersten</p>"]
    assert "Vom zweiten" in response.text
    assert OperatorPage.objects.get(slug="datenschutz").body == "<p>Vom ersten</p>"


def test_members_may_not_edit(page: OperatorPage) -> None:
    client = Client()
    client.force_login(make_user("manager"))
    assert client.get("/impressum/bearbeiten/").status_code == 403
    assert client.post("/impressum/bearbeiten/", {"title": "X", "body": "Y"}).status_code == 403


def test_scripts_do_not_get_into_a_page(page: OperatorPage, coordinator: Client) -> None:
    body = '<p onclick="x()">Neu</p><script>alert(1)</script>'
    coordinator.post("/impressum/bearbeiten/", {"title": "Impressum", "body": body, "version": 1})
    page.refresh_from_db()
    assert page.body == "<p>Neu</p>"
    assert page.version == 2


def test_the_second_of_two_editors_is_told_and_loses_nothing(page: OperatorPage, coordinator: Client) -> None:
    first = {"title": "Impressum", "body": "<p>Vom ersten</p>", "version": 1}
    coordinator.post("/impressum/bearbeiten/", first)
    second = {"title": "Impressum neu", "body": "<p>Vom zweiten</p>", "version": 1}
    response = coordinator.post("/impressum/bearbeiten/", second)
    shown = response.content.decode()
    assert response.status_code == 422
    assert "Inzwischen hat jemand anderes gespeichert" in shown
    assert "Vom ersten" in shown
    assert "Vom zweiten" in shown
    page.refresh_from_db()
    assert page.body == "<p>Vom ersten</p>"
    # Sent again as the page shows it, it is saved knowingly.
    version = response.context["form"]["version"].value()
    assert coordinator.post("/impressum/bearbeiten/", second | {"version": version}).status_code == 302
    page.refresh_from_db()
    assert page.body == "<p>Vom zweiten</p>"


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999999999", "0"])
def test_a_tampered_version_counts_as_a_conflict(
    page: OperatorPage, coordinator: Client, version: str
) -> None:
    response = coordinator.post("/impressum/bearbeiten/", {"title": "X", "body": "Y", "version": version})
    assert response.status_code == 422
    page.refresh_from_db()
    assert page.title == "Impressum"


def test_empty_and_overlong_input_is_refused_and_kept(page: OperatorPage, coordinator: Client) -> None:
    response = coordinator.post(
        "/impressum/bearbeiten/", {"title": "x" * 121, "body": "<p></p>", "version": 1}
    )
    assert response.status_code == 422
    assert "x" * 121 in response.content.decode()
    assert set(response.context["form"].errors) == {"title", "body"}


def edit(client: Client, body: str, version: int, **more: str) -> Any:
    data = {"title": "Impressum", "body": body, "version": version} | more
    return client.post("/impressum/bearbeiten/", data)


def test_a_preview_shows_the_text_and_saves_nothing(page: OperatorPage, coordinator: Client) -> None:
    shown = edit(coordinator, "<p>Neu</p><script>x()</script>", 1, deed="preview")
    assert shown.status_code == 200
    assert "Vorschau, noch nicht gespeichert" in shown.content.decode()
    assert "<p>Neu</p>" in shown.content.decode()
    page.refresh_from_db()
    assert (page.body, page.version) == ("<p>Stadt Muster</p>", 1)
    refused = edit(coordinator, "", 1, deed="preview")
    assert refused.status_code == 422


def test_former_versions_are_compared_and_restored(page: OperatorPage, coordinator: Client) -> None:
    edit(coordinator, "<p>Gemeinde Muster</p>", 1)
    listed = coordinator.get("/impressum/fassungen/").content.decode()
    assert listed.index("Fassung 2") < listed.index("Fassung 1")
    compared = coordinator.get("/impressum/fassungen/1/").content.decode()
    assert "Stadt" in compared
    assert "<ins>" in compared
    assert "<del>" in compared
    assert coordinator.post("/impressum/fassungen/1/")["Location"] == "/impressum/fassungen/"
    page.refresh_from_db()
    assert (page.body, page.version) == ("<p>Stadt Muster</p>", 3)
    assert coordinator.post("/impressum/fassungen/2/").status_code == 302, "and undone again"
    page.refresh_from_db()
    assert page.body == "<p>Gemeinde Muster</p>"


@pytest.mark.parametrize("role", ["author", "manager", "leader"])
def test_versions_are_for_the_coordination(page: OperatorPage, role: str) -> None:
    client = Client()
    client.force_login(make_user(role))
    for path in ("/impressum/fassungen/", "/impressum/fassungen/1/", "/koordination/seiten/"):
        assert client.get(path).status_code == 403
    assert client.post("/impressum/fassungen/1/").status_code == 403
    page.refresh_from_db()
    assert page.version == 1


def test_the_welcome_text_stands_on_the_start_page_and_nowhere_else(coordinator: Client) -> None:
    assert "Schön, dass Sie da sind" not in Client().get("/").content.decode()
    data = {"title": "Willkommen", "body": "<p>Schön, dass Sie da sind.</p>"}
    coordinator.post("/willkommen/bearbeiten/", data)
    assert "Schön, dass Sie da sind" in Client().get("/").content.decode()
    assert Client().get("/willkommen/")["Location"] == "/"
    assert "Begrüßung auf der Startseite" in coordinator.get("/koordination/seiten/").content.decode()


def test_the_name_of_the_welcome_text_is_no_heading_of_the_start_page(coordinator: Client) -> None:
    label = "Begrüßung auf der Startseite"
    form: Any = coordinator.get("/willkommen/bearbeiten/")
    assert not form.context["form"]["title"].value(), "nothing preset"
    assert f"{label} bearbeiten" in form.text
    data = {"title": "", "body": "<p>Schön, dass Sie da sind.</p>"}
    assert coordinator.post("/willkommen/bearbeiten/", data).status_code == 302
    assert "Schön, dass Sie da sind" in Client().get("/").text
    OperatorPage.objects.update(title=label)
    assert label not in Client().get("/").text
    form = coordinator.get("/willkommen/bearbeiten/")
    assert not form.context["form"]["title"].value()
    assert label in coordinator.get("/willkommen/fassungen/").text
    OperatorPage.objects.update(title="Guten Tag")
    assert "Guten Tag" in Client().get("/").text
    assert coordinator.post("/impressum/bearbeiten/", data).status_code == 422, "other pages need a title"
