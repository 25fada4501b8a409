"""Documents made in the background: progress, one person's own file, and nothing left behind."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.privacy.reading import everything_of
from documents import actions, builds
from documents.actions import order
from documents.answers import PDF
from documents.builds import Built, Kind, NothingToBuildError, Tell
from documents.models import Build, State
from documents.privacy import DOCUMENTS
from documents.tasks import forget_outdated
from notifications.jobs import run_waiting
from tests.factories import logged_in, make_coordinator, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kind(settings: Any, tmp_path: Any) -> Iterator[None]:
    """A document that says whose it is, or fails as it is told."""

    def build(owner: User, subject: dict[str, Any], tell: Tell) -> Built:
        tell(0, 3)
        tell(2, 3)
        if subject.get("is_gone"):
            raise NothingToBuildError
        if subject.get("breaks"):
            raise ZeroDivisionError
        tell(3, 3)
        return Built(f"für {owner.email}".encode(), "mappe.pdf", PDF)

    settings.MEDIA_ROOT = tmp_path
    builds.register(Kind("probe", build))
    yield
    del builds._kinds["probe"]


def ordered(by: User, **subject: Any) -> Build:
    return order(kind="probe", subject=subject, title="Probe", back="/mein/", by=by)


def test_it_is_made_after_the_page_has_answered_and_its_owner_gets_it() -> None:
    owner = make_user()
    build = ordered(owner)
    client = logged_in(owner)
    page = client.get(build.get_absolute_url()).content.decode()
    assert "wird gleich erstellt" in page
    assert "hx-get" in page
    assert client.get(f"{build.get_absolute_url()}datei/").status_code == 404
    assert run_waiting() == 1
    page = client.get(build.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "Fertig" in page
    assert "<html" not in page
    assert "hx-get" not in page
    answer: Any = client.get(f"{build.get_absolute_url()}datei/")
    assert b"".join(answer.streaming_content) == f"für {owner.email}".encode()
    assert 'filename="mappe.pdf"' in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"


def test_progress_is_shown() -> None:
    owner = make_user()
    build = ordered(owner)
    Build.objects.filter(pk=build.pk).update(state=State.RUNNING, done=2, total=3)
    assert "2 von 3 fertig" in logged_in(owner).get(build.get_absolute_url()).content.decode()


def test_nobody_else_learns_of_it() -> None:
    build = ordered(make_user())
    run_waiting()
    for client in (logged_in(make_user()), logged_in(make_coordinator())):
        for path in ("", "datei/"):
            assert client.get(build.get_absolute_url() + path).status_code == 404


def test_a_double_click_is_one_order() -> None:
    owner = make_user()
    assert ordered(owner, id=1) == ordered(owner, id=1)
    assert ordered(owner, id=2) != ordered(owner, id=1)
    run_waiting()
    assert ordered(owner, id=1).state == State.WAITING


def test_after_the_death_of_a_worker_it_can_be_ordered_again() -> None:
    owner = make_user()
    dead = ordered(owner)
    Build.objects.update(state=State.RUNNING, ordered_at=timezone.now() - timedelta(minutes=20))
    assert ordered(owner) != dead
    dead.refresh_from_db()
    assert dead.state == State.FAILED


@pytest.mark.parametrize("subject", [{"is_gone": True}, {"breaks": True}])
def test_a_failure_is_told_and_it_can_be_ordered_again(subject: dict[str, bool]) -> None:
    owner = make_user()
    build = ordered(owner, **subject)
    run_waiting()
    page = logged_in(owner).get(build.get_absolute_url()).content.decode()
    assert "ließ sich nicht erstellen" in page
    assert ordered(owner, **subject) != build


def test_after_a_day_row_and_file_are_gone() -> None:
    owner = make_user()
    build = ordered(owner)
    run_waiting()
    build.refresh_from_db()
    name = build.file.name
    assert default_storage.exists(name)
    Build.objects.update(ordered_at=timezone.now() - timedelta(hours=25))
    assert logged_in(owner).get(build.get_absolute_url()).status_code == 404
    forget_outdated()
    assert not Build.objects.exists()
    assert not default_storage.exists(name)


def test_of_many_only_the_newest_are_kept(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(actions, "MOST_KEPT", 2)
    owner = make_user()
    others = ordered(make_user())
    made, names = [], []
    for number in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            made.append(ordered(owner, number=number))
        run_waiting()
        made[-1].refresh_from_db()
        names.append(made[-1].file.name)
    assert list(Build.objects.of(owner.pk)) == [made[2], made[1]]
    assert [default_storage.exists(name) for name in names] == [False, True, True]
    assert Build.objects.filter(pk=others.pk).exists()


def test_who_leaves_takes_the_documents_along() -> None:
    owner = make_user()
    ordered(owner)
    run_waiting()
    name = Build.objects.get().file.name
    assert [row["title"] for row in everything_of(owner)["documents"]["ordered"]] == ["Probe"]
    DOCUMENTS.erase(owner)
    assert not Build.objects.exists()
    assert not default_storage.exists(name)


@pytest.mark.parametrize(
    "wrong", [{"state": "odd"}, {"done": 2, "total": 1}, {"state": "done"}, {"file": "datei"}]
)
def test_the_database_keeps_orders_in_shape(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Build.objects.create(owner=make_user(), kind="probe", title="Probe", back="/", **wrong)
