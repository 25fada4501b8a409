"""The demo content: true, marked, and never in the way of what people did to it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pghistory.models
import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db.models import Model
from django.test import Client
from pytest_django import DjangoDbBlocker

from accounts.models import User
from cities.enums import NetworkStatus
from cities.models import City, Membership
from ikone.demo import loader
from ikone.demo.accounts import DEMO_LOGINS, DEMO_PASSWORD
from ikone.models import OperatorPage
from ikone.views.page_versions import versions_of
from practices.enums import Kind, Phase, Status, Visibility
from practices.models import Practice
from practices.sections import missing_fields
from search.models import Audience, Entry
from tests.support.transactions import undone
from topics.enums import Engagement
from topics.models import Leadership, Topic
from ui.richtext import clean

# AGS, population on 31.12.2024, km², latitude, longitude: Gemeindeverzeichnis, Statistisches Bundesamt.
REGISTER = [
    ("07312000", 100_426, "139.70", "49.445456", "7.768864"),
    ("07137003", 30_039, "53.34", "50.439583", "7.398566"),
    ("07318000", 49_564, "42.71", "49.316172", "8.436572"),
    ("07334501", 18_387, "131.62", "49.051938", "8.268634"),
    ("07320000", 33_323, "70.64", "49.249189", "7.363114"),
    ("07133006", 54_168, "55.56", "49.844515", "7.861839"),
    ("07317000", 39_761, "61.35", "49.197410", "7.608220"),
    ("07141068", 2_287, "9.18", "50.267629", "7.976385"),
    ("07211000", 104_342, "117.06", "49.757603", "6.638021"),
    ("07313000", 48_209, "82.94", "49.196595", "8.112414"),
]
ADDRESSED_PERSON = re.compile(
    r"\b(Herrn?|Frau|Dr|Prof|Oberbürgermeister(in)?|Bürgermeister(in)?)\b\.? [A-ZÄÖÜ]"
)
RICH_TEXTS: list[tuple[type[Model], list[str]]] = [
    (City, ["portrait"]),
    (Topic, ["description"]),
    (OperatorPage, ["body"]),
    (Practice, loader.RICH_FIELDS),
]


@pytest.fixture(scope="module")
def lasting_demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), undone():
        loader.load()
        yield


@pytest.fixture
def demo(lasting_demo: None) -> Iterator[None]:
    with undone():
        yield


def everything() -> dict[str, list[Any]]:
    """All rows of all tables that the demo writes, history included."""
    written = [City, Topic, Leadership, User, Membership, Practice, OperatorPage, Entry]
    history = [model for model in apps.get_models() if issubclass(model, pghistory.models.Event)]
    return {
        model.__name__: list(model._default_manager.order_by("pk").values()) for model in written + history
    }


def test_second_load_changes_nothing(demo: None) -> None:
    before = everything()
    assert set(loader.load().values()) == {0}
    assert everything() == before


def test_second_load_keeps_what_people_changed_moved_and_deleted(demo: None) -> None:
    Practice.objects.filter(external_id="demo:fauthweg").update(title="Neuer Titel")
    Topic.objects.filter(slug="mobilfunk").update(slug="5g", name="5G")
    City.objects.filter(ags="07211000").update(status=NetworkStatus.OUTSIDE)
    Leadership.objects.filter(topic__slug="digitale-schule").delete()
    Membership.objects.filter(user__email="redaktion@example.org").delete()
    Practice.objects.filter(external_id="demo:beispiel-entwurf").delete()
    before = everything()
    loader.load()
    assert everything() == before


def test_cities_have_the_register_s_data(demo: None) -> None:
    for ags, population, area, latitude, longitude in REGISTER:
        city = City.objects.get(ags=ags)
        assert city.population == population
        numbers = [city.area_km2, city.latitude, city.longitude]
        assert numbers == [Decimal(text) for text in (area, latitude, longitude)]
        assert city.status == NetworkStatus.MEMBER


def test_municipalities_outside_of_the_network_can_ask_to_join(demo: None) -> None:
    outside = City.objects.filter(status=NetworkStatus.OUTSIDE)
    assert outside.count() == 15
    mainz = outside.get(ags="07315000")
    numbers = [mainz.area_km2, mainz.latitude, mainz.longitude]
    assert mainz.population == 224_684
    assert numbers == [Decimal(text) for text in ("97.73", "50.001959", "8.271855")]
    assert 'href="/mitmachen/07315000/"' in Client().get("/mitmachen/?q=Mainz").content.decode()
    assert Client().get("/mitmachen/07315000/").status_code == 200


def test_the_operator_s_pages_are_the_coordination_s(demo: None) -> None:
    for page in OperatorPage.objects.all():
        assert {one.by for one in versions_of(page)} == {"Koordination (Vorführung)"}, page


def test_there_are_ten_cities_and_all_fourteen_fields_of_the_ozg(demo: None) -> None:
    assert City.objects.in_network().count() == len(REGISTER)
    assert Topic.objects.filter(parent__slug="onlinezugangsgesetz").count() == 14


def test_at_least_seventeen_real_practices_are_published_with_their_source(demo: None) -> None:
    real = Practice.objects.exclude(title__startswith="Beispiel:")
    assert real.count() >= 17
    for practice in real:
        assert practice.is_demo
        assert (practice.status, practice.visibility) == (Status.PUBLISHED, Visibility.PUBLIC), practice
        assert practice.source_name, practice
        assert practice.topic_links.filter(is_primary=True).count() == 1, practice


def test_what_ended_says_why(demo: None) -> None:
    ended = Practice.objects.filter(phase=Phase.ENDED, kind__in=[Kind.STOPPED, Kind.LESSON])
    keys = {practice.external_id for practice in ended if practice.stop_reason}
    assert {"demo:smarte-laternen", "demo:parksensoren", "demo:smart-city-bewerbung"} <= keys


def test_cities_without_a_known_practice_have_none(demo: None) -> None:
    assert not Practice.objects.filter(city__ags__in=["07133006", "07141068"]).exists()


def test_what_is_not_a_complete_write_up_is_a_draft(demo: None) -> None:
    for practice in Practice.objects.exclude(status=Status.DRAFT):
        assert missing_fields(practice) == [], practice


def test_only_bad_kreuznachs_lead_is_not_an_example(demo: None) -> None:
    documented = Leadership.objects.exclude(promise__contains="Die Rolle ist ein Beispiel.")
    assert [(row.city.name, row.engagement) for row in documented] == [("Bad Kreuznach", Engagement.LEADS)]
    assert not Leadership.objects.filter(is_demo=False).exists()


def test_texts_pass_the_sanitiser_unchanged(demo: None) -> None:
    for model, fields in RICH_TEXTS:
        for thing in model._default_manager.all():
            for field in fields:
                text = getattr(thing, field)
                assert clean(text) == text, (thing, field)


def test_nobody_is_named_and_no_address_reaches_anybody(demo: None) -> None:
    contacts = [*City.objects.in_network(), *Leadership.objects.all(), *Practice.objects.all()]
    for thing in contacts:
        assert thing.contact_name == "Stabsstelle Digitalisierung"
        assert thing.contact_email.endswith("@example.org")
        assert thing.contact_phone.startswith("069 90009-")  # kept free for films
    for user in User.objects.all():
        assert user.name.endswith("(Vorführung)")
        assert user.email.endswith("@example.org")
    for model, fields in RICH_TEXTS:
        for thing in model._default_manager.all():
            for field in fields:
                assert not ADDRESSED_PERSON.search(getattr(thing, field)), (thing, field)


def test_every_account_of_the_list_logs_in_with_the_password_shown(demo: None) -> None:
    for email, _role in DEMO_LOGINS:
        user = User.objects.get(email=email)
        assert user.check_password(DEMO_PASSWORD)
        assert EmailAddress.objects.filter(user=user, verified=True, primary=True).exists()
        validate_password(DEMO_PASSWORD, user)


def test_readme_tells_the_logins() -> None:
    readme = (settings.BASE_DIR / "README.md").read_text()
    assert f"`{DEMO_PASSWORD}`" in readme
    assert [email for email, _role in DEMO_LOGINS] == re.findall(r"^\| (\S+@example.org) \|", readme, re.M)


def test_there_is_an_account_for_each_role_and_another_city(demo: None) -> None:
    roles = set(Membership.objects.values_list("city__slug", "role"))
    landau = "landau-in-der-pfalz"
    assert roles == {(landau, "author"), (landau, "manager"), (landau, "leader"), ("trier", "manager")}
    assert User.objects.filter(is_coordinator=True).count() == 1


def test_published_write_ups_are_found_by_those_who_may_read_them(demo: None) -> None:
    ids = {
        audience: set(Entry.objects.filter(source=1, audience=audience).values_list("object_id", flat=True))
        for audience in Audience
    }
    published = Practice.objects.published()
    public = published.filter(visibility=Visibility.PUBLIC)
    assert ids[Audience.PUBLIC] == set(public.values_list("pk", flat=True))
    assert ids[Audience.NETWORK] == set(published.values_list("pk", flat=True)) - ids[Audience.PUBLIC]
