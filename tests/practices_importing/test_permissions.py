"""Who sees an upload, and who what is left of it."""

import pytest
from django.test import Client

from accounts.models import User
from cities.enums import Role
from practices.enums import Status
from practices.models import ImportedDocument, Practice
from tests.factories import logged_in, make_coordinator, make_practice, make_user
from tests.practices_importing.documents import loose, report, saved
from tests.practices_importing.uploads import brought, sent

pytestmark = pytest.mark.django_db


def test_uploads_belong_to_their_uploader(client: Client, author: User) -> None:
    document = brought(client, saved(report()))
    colleague = logged_in(make_user(Role.MANAGER, city=author.memberships.get().city))
    for address in (document.get_absolute_url(), f"{document.get_absolute_url()}bild/1/"):
        response = client.get(address)
        assert response.status_code == 200
        assert response.getvalue() if response.streaming else response.content
        assert colleague.get(address).status_code == 404
        assert logged_in(make_coordinator()).get(address).status_code == 404
    assert colleague.post(f"{document.get_absolute_url()}verwerfen/").status_code == 404
    assert ImportedDocument.objects.exists()


def test_left_over_text_is_for_those_who_edit_the_record(client: Client, author: User) -> None:
    sent(client, brought(client, saved(loose())))
    practice = Practice.objects.get()
    address = f"/praxis/{practice.pk}/uebrig/"
    colleague = logged_in(make_user(Role.AUTHOR, city=author.memberships.get().city))
    assert colleague.get(address).status_code == 403
    assert logged_in(make_user(Role.MANAGER)).get(address).status_code == 404
    manager = logged_in(make_user(Role.MANAGER, city=author.memberships.get().city))
    assert "Gruß aus dem Rathaus" in manager.get(address).content.decode()


def test_whoever_may_no_longer_edit_cannot_take_over(client: Client, author: User) -> None:
    practice = make_practice(city=author.memberships.get().city, created_by=author, status=Status.DRAFT)
    document = brought(client, saved(report()), address=f"/praxis/{practice.pk}/import/")
    author.memberships.all().delete()
    assert client.post(document.get_absolute_url(), {}).status_code == 403
    practice.refresh_from_db()
    assert practice.starting_point == "<p>So war es vorher.</p>"
