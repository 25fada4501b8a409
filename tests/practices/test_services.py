"""Write-ups name services of the OZG: in the editor, on pages, in files and in the search."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cities.enums import Role
from practices.enums import Visibility
from practices.importing.actions import Choice, add_to, create_from
from practices.models import ImportedDocument, Practice, PracticeService
from tests.factories import logged_in, make_city, make_practice, make_service, make_topic, make_user
from topics.models import Service

pytestmark = pytest.mark.django_db

KEY = "99107023037000"


@pytest.fixture
def field():
    return make_topic("Bauen & Wohnen")


@pytest.fixture
def wohngeld(field) -> Service:
    return make_service("Wohngeld beantragen", field=field, leika_key=KEY, ozg_id="10110")


@pytest.fixture
def author():
    return make_user(Role.MANAGER, city=make_city("Speyer"))


@pytest.fixture
def practice(author, field) -> Practice:
    return make_practice("Gemeinsam schneller", city=author.memberships.get().city, topics=[field])


def save(user, practice, *services: Service):
    practice.refresh_from_db()
    data = {"version": practice.version, "services": [service.pk for service in services]}
    return logged_in(user).post(f"/praxis/{practice.pk}/bearbeiten/leistungen/", data)


def test_the_section_links_services_and_the_page_shows_them(author, practice, wohngeld):
    page = logged_in(author).get(f"/praxis/{practice.pk}/bearbeiten/leistungen/").text
    assert '<details class="more" open>' in page  # the Themenfeld of the write-up's own topic
    assert save(author, practice, wohngeld).status_code == 302
    assert practice.service_links.get().service == wohngeld
    visitor = logged_in(None)
    shown = visitor.get(practice.get_absolute_url()).text
    assert f'href="/themen/ozg/{wohngeld.pk}/"' in shown
    assert "Gemeinsam schneller" in visitor.get(f"/themen/ozg/{wohngeld.pk}/").text
    assert "Gemeinsam schneller" in visitor.get(f"/praxis/?q={KEY}").text
    history = logged_in(author).get(f"/praxis/{practice.pk}/verlauf/vergleich/").text
    assert "Wohngeld beantragen" in history
    assert save(author, practice).status_code == 302
    assert not practice.service_links.exists()
    assert "Gemeinsam schneller" not in visitor.get(f"/praxis/?q={KEY}").text


def test_a_gone_service_stays_where_it_was_chosen(author, practice, wohngeld, field):
    save(author, practice, wohngeld)
    Service.objects.update(left_on="2026-01-01")
    assert save(author, practice, wohngeld).status_code == 302
    assert practice.service_links.exists()
    other = make_practice(city=practice.city, topics=[field])
    refused = save(author, other, wohngeld)
    assert refused.status_code == 422
    assert "steht nicht mehr im Katalog" in refused.text
    assert not other.service_links.exists()


def test_at_most_twenty(author, practice, field):
    refused = save(author, practice, *(make_service(field=field) for _number in range(21)))
    assert "Höchstens 20 Leistungen" in refused.text
    assert not practice.service_links.exists()


def test_a_service_shows_only_what_its_reader_may_know(practice, wohngeld):
    PracticeService.objects.create(practice=practice, service=wohngeld)
    Practice.objects.update(visibility=Visibility.NETWORK)
    address = f"/themen/ozg/{wohngeld.pk}/"
    assert "Gemeinsam schneller" not in logged_in(None).get(address).text
    assert "Gemeinsam schneller" in logged_in(make_user(Role.AUTHOR)).get(address).text
    Practice.objects.update(visibility=Visibility.ANONYMOUS)
    anonymous = logged_in(make_user(Role.AUTHOR)).get(address).text
    assert "Gemeinsam schneller" in anonymous
    assert "Speyer" not in anonymous


def test_files_carry_services_by_key_or_name(practice, wohngeld, field, tmp_path):
    named = make_service("Hund anmelden", field=field)
    for service in (wohngeld, named):
        PracticeService.objects.create(practice=practice, service=service)
    out = StringIO()
    call_command("export_practices", stdout=out)
    record = json.loads(out.getvalue())
    assert record["services"] == [KEY, "Hund anmelden"]
    record["services"] = ["hund anmelden"]
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps(record))
    call_command("import_practices", path)
    assert practice.service_links.get().service == named
    del record["services"]
    path.write_text(json.dumps(record))
    call_command("import_practices", path)
    assert practice.service_links.exists()  # what a line does not mention stays
    path.write_text(json.dumps({**record, "services": ["Erfunden"]}))
    with pytest.raises(CommandError, match="„Erfunden“ steht nicht im Katalog"):
        call_command("import_practices", path)


def test_keys_of_a_publiccode_become_links_where_the_catalogue_has_them(author, practice, wohngeld, field):
    already = make_service(field=field)
    PracticeService.objects.create(practice=practice, service=already)
    tags = [f"LeiKa {KEY}", "LeiKa 99000000000000", "Karte"]
    for target in (practice, None):
        document = ImportedDocument.objects.create(
            name="publiccode.yml", tags=tags, practice=target, created_by=author
        )
        choice = Choice(targets={}, tags=tags)
        if target:
            add_to(document=document, choice=choice, by=author)
            assert {link.service for link in target.service_links.all()} == {already, wohngeld}
        else:
            draft = Practice(title="Melder", city=practice.city)
            target = create_from(document=document, practice=draft, choice=choice, by=author)
            assert target.service_links.get().service == wohngeld
        assert set(target.tags.names()) == {"LeiKa 99000000000000", "Karte"}
