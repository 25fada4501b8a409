"""What people do with the ledger on its pages, and what these say when it cannot be."""

import re
from typing import Any

import pytest
from django.utils import timezone

from cities.models import City
from notifications.models import OutgoingMail
from practices import actions as write_ups
from practices.models import Adoption, Practice
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_user
from tests.practices.adoption.rows import adopt, saved

pytestmark = pytest.mark.django_db
FORM = {"stage": "pilot", "since": "03/2024", "remark": "Wir beginnen mit zwei Ämtern."}


@pytest.fixture
def city() -> City:
    return make_city("Übernehmstadt")


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def links(mail: OutgoingMail) -> list[str]:
    return re.findall(r"/uebernahmen/bestaetigung/\S+/", mail.text)


def test_staff_enter_and_the_leader_confirms_by_the_mail(city: City) -> None:
    practice = make_practice("Baumpaten")
    leader = make_user("leader", city=city)
    client = logged_in(make_user("author", city=city))
    assert "Übernehmen" in text_of(client.get(practice.get_absolute_url()))
    response = client.post(f"/praxis/{practice.pk}/uebernehmen/", FORM | {"do": "confirm"}, follow=True)
    assert "gebeten, es zu bestätigen" in text_of(response)
    adoption = Adoption.objects.get()
    assert adoption.confirmed_on is None  # the author's button cannot confirm
    mail = OutgoingMail.objects.get(to=leader.email)
    (link,) = links(mail)
    visitor = logged_in(None)
    assert "Ja, das bestätige ich" in text_of(visitor.get(link))
    sent = {"version": adoption.version}
    assert "ist bestätigt" in text_of(visitor.post(link, sent, follow=True))
    adoption.refresh_from_db()
    assert adoption.confirmed_by == leader
    assert "von 1 Stadt übernommen" in text_of(visitor.get(practice.get_absolute_url()))
    page = text_of(client.get(practice.city.get_absolute_url()))
    assert "Von 1 Stadt übernommen" in page


def test_a_link_of_somebody_who_confirms_no_more_does_nothing(city: City) -> None:
    leader = make_user("leader", city=city)
    adoption = adopt(city=city, by=make_user("author", city=city))
    (link,) = links(OutgoingMail.objects.get(to=leader.email))
    leader.memberships.all().delete()
    visitor = logged_in(None)
    page = text_of(visitor.get(link))
    assert "melden Sie sich an" in page
    assert "Ein Satz dazu" not in page
    visitor.post(link, {"version": adoption.version})
    adoption.refresh_from_db()
    assert adoption.confirmed_on is None


def test_whoever_may_confirm_does_it_with_the_entry(city: City) -> None:
    practice = make_practice()
    client = logged_in(make_user("leader", city=city))
    client.post(f"/praxis/{practice.pk}/uebernehmen/", FORM | {"do": "confirm"})
    assert Adoption.objects.get().confirmed_on == timezone.localdate()


def test_the_coordination_enters_for_a_city_which_alone_confirms(city: City) -> None:
    practice = make_practice()
    leader, desk = make_user("leader", city=city), make_coordinator()
    client, address = logged_in(desk), f"/praxis/{practice.pk}/uebernehmen/"
    assert "Eintragen und bestätigen" not in text_of(client.get(address))
    page = text_of(client.post(address, FORM | {"city": city.name, "do": "confirm"}, follow=True))
    assert "Von der Koordination eingetragen, noch nicht bestätigt" in page
    adoption = Adoption.objects.get()
    assert (adoption.confirmed_on, adoption.contact_user, adoption.contact_email) == (None, None, "")
    assert (
        "die Koordination hat für Übernehmstadt eingetragen" in OutgoingMail.objects.get(to=leader.email).text
    )
    for page in (practice.get_absolute_url(), "/koordination/uebernahmen/", adoption.get_absolute_url()):
        shown = client.get(page).content.decode()
        assert "on der Koordination eingetragen, noch nicht bestätigt" in shown
        assert f"/uebernahmen/{adoption.pk}/bestaetigen/" not in shown
    other = make_user("author", city=practice.city)
    asking = f"/praxis/{practice.pk}/uebernahmen/fragen/"
    (key,) = re.findall(r'name="key" value="([^"]+)"', logged_in(other).get(asking).content.decode())
    OutgoingMail.objects.all().delete()
    logged_in(other).post(asking, {"key": key, "text": "Was hat es gekostet?", "cities": [adoption.pk]})
    assert {mail.to for mail in OutgoingMail.objects.all()} == {leader.email, other.email}
    logged_in(make_user("author", city=city)).post(
        f"/uebernahmen/{adoption.pk}/stand/", FORM | {"version": adoption.version}
    )
    page = text_of(client.get(adoption.get_absolute_url()))
    assert "von der Koordination" not in page.lower()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"stage": "rejected", "remark": ""}, "kurz, warum"),
        ({"stage": ""}, "wie weit Sie sind"),
        ({"stage": "sleeping"}, "angebotenen Möglichkeiten"),
        ({"since": "2098"}, "liegt in der Zukunft"),
        ({"since": "neulich"}, "ein Jahr oder einen Monat"),
        ({"remark": "x" * 1_001}, "Höchstens 1000 Zeichen"),
    ],
)
def test_bad_input_is_said_at_its_field_and_kept(city: City, typed: dict[str, str], said: str) -> None:
    practice = make_practice()
    client = logged_in(make_user("author", city=city))
    response = client.post(f"/praxis/{practice.pk}/uebernehmen/", FORM | typed)
    assert response.status_code == 422
    assert said in text_of(response)
    assert (FORM | typed)["remark"] in response.content.decode()
    assert not Adoption.objects.exists()


def test_twice_own_and_archived_are_answered(city: City) -> None:
    practice = make_practice()
    address = f"/praxis/{practice.pk}/uebernehmen/"
    client = logged_in(make_user("author", city=city))
    client.post(address, FORM)
    assert client.get(address)["Location"] == Adoption.objects.get().get_absolute_url()
    assert "schon eingetragen" in text_of(client.get(address, follow=True))
    response = client.post(address, FORM | {"stage": "live"})
    assert (response.status_code, "im Pilotbetrieb seit 03/2024" in text_of(response)) == (422, True)
    assert logged_in(make_user("author", city=practice.city)).get(address).status_code == 403
    coordinator = logged_in(make_coordinator())
    response = coordinator.post(address, FORM | {"city": practice.city.name})
    assert "selbst gemacht" in text_of(response)
    write_ups.archive(practice=practice, by=make_coordinator())
    late = logged_in(make_user("author", city=make_city()))
    response = late.post(address, FORM)
    assert (response.status_code, "nicht mehr veröffentlicht" in text_of(response)) == (422, True)
    assert FORM["remark"] in response.content.decode()
    assert "nicht mehr veröffentlicht" in text_of(late.get(address, follow=True))
    own = logged_in(make_user("author", city=practice.city))
    assert own.post(address, FORM).status_code == 403


def test_nobody_confirms_for_another_city(city: City) -> None:
    adoption = adopt(city=city, by=make_user("author", city=city))
    for person in (make_user("leader", city=make_city()), make_user("author", city=city)):
        sent = {"version": adoption.version}
        response = logged_in(person).post(f"/uebernahmen/{adoption.pk}/bestaetigen/", sent)
        assert response.status_code == 403
        assert "Leitung und Verwaltung" in text_of(response)
    adoption.refresh_from_db()
    assert adoption.confirmed_on is None


def test_a_stage_changes_with_order_reason_and_without_overwriting_anybody(city: City) -> None:
    adoption = adopt(city=city, stage="live", since="2024-03")
    client = logged_in(make_user("author", city=city))
    address = f"/uebernahmen/{adoption.pk}/stand/"
    form = {"stage": "pilot", "since": "2025", "remark": "", "version": adoption.version}
    assert "kurz, warum" in text_of(client.post(address, form))
    form |= {"remark": "Der Vertrag fehlt."}
    assert "beginnt vor dem" in text_of(client.post(address, form | {"since": "2023"}))
    stale = client.post(address, form | {"version": 0})
    assert (stale.status_code, "jemand anderes gespeichert" in text_of(stale)) == (422, True)
    assert "Der Vertrag fehlt." in stale.content.decode()
    assert client.post(address, form).status_code == 302
    adoption.refresh_from_db()
    assert (adoption.stage, adoption.since) == ("pilot", "2025")


def details(adoption: Adoption, **more: str) -> dict[str, str]:
    name = "adoption_figures"
    return {
        "version": str(adoption.version),
        "adaptation": "<p>Das Formular.</p>",
        "experience": "<p>Es ging schnell.</p>",
        "contact_name": "Stabsstelle",
        "contact_email": "stab@example.org",
        f"{name}-TOTAL_FORMS": "1",
        f"{name}-INITIAL_FORMS": "0",
        f"{name}-0-kind": "saving_yearly",
        f"{name}-0-value": "12.000 €",
        f"{name}-0-basis": "measured",
        f"{name}-0-source": "Haushalt 2025",
    } | {
        f"{name}-0-{key}" if key in {"basis", "source", "value"} else key: text for key, text in more.items()
    }


def test_a_number_without_basis_or_source_is_refused_and_kept(city: City) -> None:
    adoption = adopt(city=city)
    client = logged_in(make_user("author", city=city))
    address = f"/uebernahmen/{adoption.pk}/bearbeiten/"
    for typed, said in (({"basis": ""}, "gemessen oder geschätzt"), ({"source": ""}, "Ohne Quelle")):
        response = client.post(address, details(adoption, **typed))
        assert response.status_code == 422
        assert said in text_of(response)
        assert "12.000 €" in response.content.decode()
    assert not adoption.adoption_figures.exists()
    assert client.post(address, details(adoption)).status_code == 302
    page = text_of(client.get(f"/uebernahmen/{adoption.pk}/"))
    for said in ("12.000 €", "gemessen", "Haushalt 2025", "Es ging schnell.", "Das Formular."):
        assert said in page


def test_who_saves_second_keeps_what_the_first_has_written(city: City) -> None:
    adoption = adopt(city=city)
    client = logged_in(make_user("author", city=city))
    address = f"/uebernahmen/{adoption.pk}/bearbeiten/"
    page = client.get(address).content.decode()
    (base,) = re.findall(r'name="base" value="([^"]*)"', page)
    opened = details(adoption) | {"base": base.replace("&quot;", '"')}
    Adoption.objects.filter(pk=adoption.pk).update(experience="<p>Anderes.</p>", version=adoption.version + 1)
    response = client.post(address, opened)
    assert (
        response.status_code,
        "jemand anderes" in text_of(response) or "gespeichert" in text_of(response),
    ) == (
        422,
        True,
    )
    adoption.refresh_from_db()
    assert adoption.experience == "<p>Anderes.</p>"


def test_the_variant_begins_with_what_is_told_and_builds_on_the_original(city: City) -> None:
    adoption = adopt(city=city, confirmed=True, experience="<p>Es ging schnell.</p>")
    saved(adoption, 100)
    client = logged_in(make_user("author", city=city))
    for _twice in range(2):
        client.post(f"/uebernahmen/{adoption.pk}/eigener-beitrag/")
    variant = Practice.objects.get(city=city)
    assert variant.title.endswith("in Übernehmstadt")
    assert variant.results == "<p>Es ging schnell.</p>"
    assert variant.figures.get().amount == 100
    relation = variant.relations.get()
    assert (relation.kind, relation.target) == ("builds_on", adoption.practice)
    page = text_of(client.get(f"/praxis/{variant.pk}/familie/"))
    assert adoption.subject.title in page
    assert "Übernehmstadt : im Einsatz" in page
    assert variant.title not in text_of(logged_in(None).get(f"/praxis/{adoption.practice_id}/familie/"))


def test_a_variant_that_has_gone_to_another_city_is_not_shown_as_this_ones(city: City) -> None:
    adoption = adopt(city=city, confirmed=True)
    client = logged_in(make_user("author", city=city))
    client.post(f"{adoption.get_absolute_url()}eigener-beitrag/")
    Practice.objects.filter(city=city).update(city=make_city("Anderswo"), title="Gehört nun Anderswo")
    page = client.get(adoption.get_absolute_url())
    assert "Gehört nun Anderswo" not in page.content.decode()
    assert "/eigener-beitrag/" in page.content.decode()
    begun = client.post(f"{adoption.get_absolute_url()}eigener-beitrag/", follow=True)
    assert begun.status_code == 200
    adoption.refresh_from_db()
    assert adoption.variant == Practice.objects.get(city=city)


def test_several_adopters_are_asked_at_once_and_only_once(city: City) -> None:
    practice = make_practice()
    asked = [adopt(practice, contact_email=f"stadt{n}@example.org", confirmed=True) for n in range(3)]
    person = make_user("author", city=city)
    client = logged_in(person)
    address = f"/praxis/{practice.pk}/uebernahmen/fragen/"
    page = client.get(address).content.decode()
    (key,) = re.findall(r'name="key" value="([^"]+)"', page)
    OutgoingMail.objects.all().delete()
    form = {"key": key, "text": "Was hat es gekostet?", "cities": [asked[0].pk, asked[2].pk]}
    for _twice in range(2):
        assert client.post(address, form).status_code == 302
    mails = {mail.to: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {"stadt0@example.org", "stadt2@example.org", person.email}
    assert mails["stadt0@example.org"].reply_to == person.email
    assert practice.title in mails["stadt0@example.org"].text
    assert client.post(address, {"key": key, "text": "Und?"}).status_code == 422
    assert "an Städte geschickt, die es übernehmen" in text_of(client.get("/mein/"))


def test_one_that_came_without_its_steps_is_drawn_from_where_it_stands(city: City) -> None:
    adoption = adopt(city=city, confirmed=True)
    adoption.steps.all().delete()
    assert adoption.practice is not None
    page = logged_in(None).get(adoption.practice.get_absolute_url())
    assert page.status_code == 200
    assert "Übernehmstadt" in text_of(page)
