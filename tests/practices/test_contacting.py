"""„Stadt fragen“: directly where the city is known, through the coordination where it is not."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.models import User
from cities.models import City
from notifications.models import OutgoingMail
from practices.contacting import actions
from practices.enums import RequestState, Status, Visibility
from practices.models import ContactRequest, Practice
from tests.factories import logged_in, make_city, make_coordinator, make_user
from tests.practices.write_ups import published

pytestmark = pytest.mark.django_db
SECRETS = ["Geheimstadt", "geheim@example.org", "Geheimamt"]


@pytest.fixture
def city() -> City:
    return make_city("Geheimstadt", contact_email="stadt-geheim@example.org")


@pytest.fixture
def asker() -> User:
    return make_user("author", city=make_city("Trier"), name="Fritz Frager", email="fritz@example.org")


def write_up(city: City, **fields: object) -> Practice:
    values = {"contact_name": "Geheimamt", "contact_email": "geheim@example.org"}
    return published("Bäume gießen", city=city, **values | fields)


def form(text: str = "Was hat es gekostet?") -> dict[str, str]:
    return {"text": text, "key": str(uuid.uuid4())}


def test_a_question_goes_to_the_contact_with_a_copy_and_once(city: City, asker: User) -> None:
    practice = write_up(city)
    client = logged_in(asker)
    assert "Stadt fragen" in client.get(practice.get_absolute_url()).content.decode()
    data = form()
    client.post(f"/praxis/{practice.pk}/fragen/", data)
    client.post(f"/praxis/{practice.pk}/fragen/", data)
    to_city, copy = OutgoingMail.objects.order_by("pk")
    assert (to_city.to, to_city.reply_to) == ("geheim@example.org", "fritz@example.org")
    assert "Was hat es gekostet?" in to_city.text
    assert "Fritz Frager (Trier)" in to_city.text
    assert copy.to == "fritz@example.org"
    assert "Was hat es gekostet?" in copy.text
    row = ContactRequest.objects.get()
    assert (row.state, row.text) == (RequestState.DIRECT, ""), "what was sent is not kept"


def test_an_asker_learns_nothing_of_what_is_a_draft_again(city: City, asker: User) -> None:
    practice = write_up(city)
    client = logged_in(asker)
    client.post(f"/praxis/{practice.pk}/fragen/", form())
    assert practice.title in client.get("/mein/").content.decode()
    Practice.objects.filter(pk=practice.pk).update(status=Status.DRAFT, title="Streng vertraulich")
    assert "Streng vertraulich" not in client.get("/mein/").content.decode()


def test_visitors_own_city_and_drafts_have_no_button(city: City, asker: User) -> None:
    practice = write_up(city)
    for user in (None, make_user("manager", city=city)):
        assert "Stadt fragen" not in logged_in(user).get(practice.get_absolute_url()).content.decode()
    assert (
        logged_in(make_user("manager", city=city)).post(f"/praxis/{practice.pk}/fragen/", form()).status_code
        == 403
    )
    archived = write_up(city, status=Status.ARCHIVED)
    assert logged_in(asker).post(f"/praxis/{archived.pk}/fragen/", form()).status_code == 403
    assert not OutgoingMail.objects.exists()


def test_bad_input_is_told_beside_the_field_and_kept(city: City, asker: User) -> None:
    address = f"/praxis/{write_up(city).pk}/fragen/"
    client = logged_in(asker)
    assert client.post(address, form("")).status_code == 422
    long = client.post(address, form("x" * 3_001))
    assert long.status_code == 422
    assert "x" * 3_001 in long.content.decode()
    assert client.post(address, {"text": "Hallo", "key": "kaputt"}).status_code == 422
    assert not OutgoingMail.objects.exists()


def test_nobody_floods_the_cities(city: City, asker: User) -> None:
    practice = write_up(city)
    for _n in range(actions.MOST_A_DAY):
        actions.ask(practice=practice, text="Hallo?", by=asker, key=uuid.uuid4())
    response = logged_in(asker).post(f"/praxis/{practice.pk}/fragen/", form("Noch eine"))
    assert response.status_code == 422
    assert "Noch eine" in response.content.decode()
    key = ContactRequest.objects.earliest("pk").key
    with pytest.raises(actions.TooManyError):
        actions.ask(practice=practice, text="Fremd", by=make_user("author"), key=key)


def test_an_anonymous_city_is_asked_through_the_coordination(city: City, asker: User) -> None:
    practice = write_up(city, visibility=Visibility.ANONYMOUS)
    member, desk = logged_in(asker), logged_in(make_coordinator())
    member.post(f"/praxis/{practice.pk}/fragen/", form())
    mail = OutgoingMail.objects.get()
    assert mail.to == "koordination@example.org"
    assert "liegt bei der Koordination" in member.get(practice.get_absolute_url()).content.decode()

    row = ContactRequest.objects.get()
    assert "Was hat es gekostet?" in desk.get("/koordination/").content.decode()
    desk.post(f"/praxis/fragen/{row.pk}/weitergeben/")
    again = desk.post(f"/praxis/fragen/{row.pk}/weitergeben/", follow=True).content.decode()
    assert "inzwischen jemand anderes erledigt" in again
    to_city = OutgoingMail.objects.order_by("pk")[1]
    assert (to_city.to, to_city.reply_to) == ("geheim@example.org", "koordination@example.org")
    assert OutgoingMail.objects.count() == 2
    assert "an die Stadt weitergegeben" in member.get("/mein/").content.decode()

    address = f"/praxis/fragen/{row.pk}/antworten/"
    assert desk.post(address, {"text": ""}).status_code == 422
    desk.post(address, {"text": "Rund 600 Euro."})
    answer = OutgoingMail.objects.order_by("pk")[2]
    assert answer.to == "fritz@example.org"
    assert "Rund 600 Euro." in answer.text
    pages = [member.get(url).content.decode() for url in (practice.get_absolute_url(), "/mein/", address)]
    for text in [
        answer.text,
        answer.html,
        answer.subject,
        *pages,
        member.get(f"/praxis/{practice.pk}/fragen/").content.decode(),
    ]:
        for secret in SECRETS:
            assert secret not in text
    assert "Rund 600 Euro." in pages[1]
    assert desk.get(address).status_code == 404, "answered is answered"


def test_only_the_coordination_passes_on(city: City, asker: User) -> None:
    practice = write_up(city, visibility=Visibility.ANONYMOUS)
    row = actions.ask(practice=practice, text="Hallo?", by=asker, key=uuid.uuid4())
    for user in (asker, make_user("manager", city=city)):
        assert logged_in(user).post(f"/praxis/fragen/{row.pk}/weitergeben/").status_code == 403
        assert logged_in(user).get(f"/praxis/fragen/{row.pk}/antworten/").status_code == 403
    row.refresh_from_db()
    assert row.state == RequestState.WAITING


def test_a_closed_account_does_not_swallow_the_question(city: City, asker: User) -> None:
    gone = make_user("author", city=city, email="weg@example.org", is_active=False)
    practice = write_up(city, contact_user=gone, contact_email="weg@example.org")
    actions.ask(practice=practice, text="Hallo?", by=asker, key=uuid.uuid4())
    assert OutgoingMail.objects.order_by("pk")[0].to == "stadt-geheim@example.org"


def test_an_anonymous_write_up_without_a_contact_is_not_betrayed_to_its_town_hall(
    city: City, asker: User
) -> None:
    practice = write_up(city, visibility=Visibility.ANONYMOUS, contact_name="", contact_email="")
    row = actions.ask(practice=practice, text="Hallo?", by=asker, key=uuid.uuid4())
    desk = logged_in(make_coordinator())
    page = desk.post(f"/praxis/fragen/{row.pk}/weitergeben/", follow=True)
    assert "nennt keine Ansprechstelle" in page.text
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["koordination@example.org"]
    row.refresh_from_db()
    assert row.state == RequestState.WAITING, "it can still be answered"
    assert desk.post(f"/praxis/fragen/{row.pk}/antworten/", {"text": "Ja."}).status_code == 302


def test_colleagues_see_what_was_asked_and_whom_to_answer(city: City, asker: User) -> None:
    """For the mail may have reached somebody who is away."""
    practice = write_up(city)
    colleague = make_user("leader", city=city)
    logged_in(asker).post(f"/praxis/{practice.pk}/fragen/", form("Geheimer Wortlaut"))
    shown = logged_in(colleague).get("/mein/").text
    assert "Fragen an unsere Stadt" in shown
    assert f'href="mailto:{asker.email}"' in shown
    assert "Geheimer Wortlaut" not in shown
    for other in (asker, make_user("author", city=make_city("Andernach")), make_coordinator()):
        assert "Fragen an unsere Stadt" not in logged_in(other).get("/mein/").text
    Practice.objects.filter(pk=practice.pk).update(visibility=Visibility.ANONYMOUS)
    assert asker.email not in logged_in(colleague).get("/mein/").text
    Practice.objects.filter(pk=practice.pk).update(visibility=Visibility.PUBLIC)
    ContactRequest.objects.update(sent_at=timezone.now() - dt.timedelta(days=61))
    assert "Fragen an unsere Stadt" not in logged_in(colleague).get("/mein/").text
