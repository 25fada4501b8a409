"""Of what is withdrawn nobody is asked anything, and nothing that was typed is lost."""

import pytest

from notifications.models import OutgoingMail
from practices.adoption import actions
from practices.models import Adoption, AdoptionAsk
from tests.factories import logged_in, make_city, make_user
from tests.practices.adoption.rows import adopt, saved
from tests.practices.adoption.test_pages import details, text_of
from tests.practices.blocks.rows import make_block

pytestmark = pytest.mark.django_db


@pytest.fixture
def adoption() -> Adoption:
    city = make_city("Übernehmstadt")
    make_user("leader", city=city)
    return adopt(city=city, by=make_user("author", city=city))


@pytest.mark.parametrize("button", ["", "confirm"])
def test_numbers_saved_while_somebody_withdraws_stay_and_ask_nobody(adoption: Adoption, button: str) -> None:
    client = logged_in(make_user("manager", city=adoption.city))
    address = f"{adoption.get_absolute_url()}bearbeiten/"
    shown = client.get(address)
    assert "ist zurückgezogen" not in text_of(shown)
    opened = details(adoption) | {"do": button, "base": shown.context["form"]["base"].value()}
    actions.withdraw(adoption=adoption, by=make_user("manager", city=adoption.city))
    OutgoingMail.objects.all().delete()
    assert "Diese Übernahme ist zurückgezogen. Gezählt wird sie nicht" in text_of(client.get(address))
    answer = client.post(address, opened, follow=True)
    assert "inzwischen zurückgezogen. Was Sie geschrieben haben, ist gespeichert" in text_of(answer)
    assert not OutgoingMail.objects.exists()
    assert not AdoptionAsk.objects.filter(closed_at=None).exists()
    adoption.refresh_from_db()
    assert adoption.adoption_figures.get().amount == 12_000
    assert (adoption.experience, adoption.confirmed_on) == ("<p>Es ging schnell.</p>", None)


def test_whoever_had_a_question_open_is_asked_when_it_is_taken_up_again(adoption: Adoption) -> None:
    old = adoption.asks.get()
    actions.withdraw(adoption=adoption, by=make_user("author", city=adoption.city))
    AdoptionAsk.objects.filter(pk=old.pk).update(closed_at=None)  # as it was left open before
    OutgoingMail.objects.all().delete()
    assert adoption.practice is not None
    adopt(adoption.practice, city=adoption.city, since="2025", by=make_user("author", city=adoption.city))
    assert [mail.to for mail in OutgoingMail.objects.filter(subject__startswith="Bitte bestätigen")] == [
        old.person.email if old.person else ""
    ]
    assert adoption.asks.filter(closed_at=None).exclude(pk=old.pk).count() == 1


def test_the_page_of_savings_says_where_costs_stand(adoption: Adoption) -> None:
    saved(adoption, 1_000)
    saved(adoption, 4_711, kind="cost_once")
    actions.confirm(adoption=adoption, by=make_user("leader", city=adoption.city))
    client = logged_in(None)
    page = client.get("/praxis/einsparungen/")
    assert "4.711" not in text_of(page)
    assert "bei jedem Eintrag" not in text_of(page)
    assert "stehen sie auf der Seite ihrer Übernahme" in text_of(page)
    assert f'href="{adoption.get_absolute_url()}"' in page.content.decode()
    assert "4.711" in text_of(client.get(adoption.get_absolute_url()))


def test_a_block_that_a_city_has_entered_is_not_deleted_and_says_why() -> None:
    block = make_block()
    adoption = adopt(block)
    actions.withdraw(adoption=adoption, by=make_user("manager", city=adoption.city))
    manager, address = logged_in(make_user("manager", city=block.city)), f"/bausteine/{block.pk}/loeschen/"
    page = text_of(manager.get(address))
    assert "Mindestens eine andere Stadt hat eingetragen" in page
    assert "Kein Beitrag verwendet ihn" not in page
    assert "oder Städte haben ihn übernommen" in text_of(manager.post(address, follow=True))
    adoption.refresh_from_db()
    assert adoption.block == block
