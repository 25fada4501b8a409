"""Who gets a file, and what it can do in their browser: nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from cities.models import City
from practices.enums import Status, Visibility
from practices.files import actions
from practices.models import Attachment, Practice
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_user
from tests.practices.files import samples

pytestmark = pytest.mark.django_db
NAME = "Bericht der Geheimnisstadt.pdf"


def attach(practice: Practice, content: bytes = samples.PDF, name: str = NAME, **more: str) -> Attachment:
    by = make_user(name="Geheime Person")
    return actions.attach(practice=practice, upload=ContentFile(content, name=name), by=by, **more)


class Answer:
    """What came; read to its end, which closes the file."""

    def __init__(self, url: str, person: User | None = None, **headers: str) -> None:
        response: Any = logged_in(person).get(url, headers=headers)
        self.status, self.headers = response.status_code, response.headers
        self.body: bytes = response.getvalue()


def test_a_file_comes_as_a_download_in_a_sandbox() -> None:
    attachment = attach(make_practice(), name="Müller & Söhne „Plan“.pdf")
    answer = Answer(attachment.download_url)
    response = answer.headers
    assert answer.body == samples.PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(samples.PDF))
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''M%C3%BCller")
    policy = set(response["Content-Security-Policy"].split("; "))
    assert policy >= {"default-src 'none'", "sandbox", "frame-ancestors 'none'"}
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"
    assert "Content-Encoding" not in response


def test_what_the_browser_has_is_not_sent_again() -> None:
    attachment = attach(make_practice())
    first = Answer(attachment.download_url)
    again = Answer(attachment.download_url, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")


def test_pictures_are_shown_and_nothing_else_is() -> None:
    practice = make_practice()
    picture = attach(practice, samples.picture(), "bild.png", alt_text="Ein blaues Rechteck")
    response = Answer(picture.picture_url).headers
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("inline")
    assert "sandbox" in response["Content-Security-Policy"]
    document = attach(practice)
    assert logged_in(None).get(document.picture_url).status_code == 404
    page = logged_in(None).get(practice.get_absolute_url()).content.decode()
    assert 'alt="Ein blaues Rechteck"' in page
    assert picture.picture_url in page
    assert document.download_url in page
    assert document.picture_url not in page


@pytest.mark.parametrize(
    ("status", "visibility", "readers"),
    [
        (Status.PUBLISHED, Visibility.PUBLIC, {"visitor", "stranger", "own", "coordinator"}),
        (Status.ARCHIVED, Visibility.PUBLIC, {"visitor", "stranger", "own", "coordinator"}),
        (Status.PUBLISHED, Visibility.NETWORK, {"stranger", "own", "coordinator"}),
        (Status.PUBLISHED, Visibility.ANONYMOUS, {"stranger", "own", "coordinator"}),
        (Status.DRAFT, Visibility.PUBLIC, {"own", "coordinator"}),
        (Status.IN_REVIEW, Visibility.PUBLIC, {"own", "coordinator"}),
    ],
)
def test_only_who_may_read_the_write_up_gets_its_files(
    status: Status, visibility: Visibility, readers: set[str]
) -> None:
    city = make_city()
    practice = make_practice(city=city, status=status, visibility=visibility)
    attachment = attach(practice, samples.picture(), "bild.png")
    people = {
        "visitor": None,
        "stranger": make_user("manager"),
        "own": make_user("author", city=city),
        "coordinator": make_coordinator(),
    }
    for name, person in people.items():
        expected = 200 if name in readers else 404
        for url in (attachment.download_url, attachment.picture_url):
            assert Answer(url, person).status == expected, (name, url)


def test_a_file_is_not_to_be_had_through_another_write_up() -> None:
    hidden = attach(make_practice(status=Status.DRAFT))
    url = attach(make_practice()).download_url.rsplit("/", 2)[0] + f"/{hidden.pk}/"
    assert logged_in(None).get(url).status_code == 404


def test_lost_bytes_are_not_found_rather_than_an_error() -> None:
    attachment = attach(make_practice())
    default_storage.delete(attachment.stored.path)
    assert logged_in(None).get(attachment.download_url).status_code == 404


def test_files_of_an_anonymous_write_up_name_neither_city_nor_person() -> None:
    city: City = make_city("Geheimnisstadt")
    practice = make_practice(city=city, visibility=Visibility.ANONYMOUS)
    attachment = attach(practice)
    stranger, own = make_user("manager"), make_user("author", city=city)
    page = logged_in(stranger).get(practice.get_absolute_url()).content.decode()
    headers = Answer(attachment.download_url, stranger).headers
    assert attachment.download_url in page
    for answer in (page, str(dict(headers))):
        assert "eheimnisstadt" not in answer
        assert "Geheime Person" not in answer
    assert f"Anlage-{attachment.pk}.pdf" in headers["Content-Disposition"]
    assert NAME in Answer(attachment.download_url, own).headers["Content-Disposition"]
