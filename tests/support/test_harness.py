"""The harness itself: that it fails when it should."""

import socket
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.template import Context, Engine, Template
from django.template.base import Origin

from accounts.models import User
from tests.support import strict_templates


def render(source: str, **context: object) -> None:
    engine = Engine.get_default()
    Template(source, origin=Origin(str(Path(engine.dirs[0]) / "trial.html")), engine=engine).render(
        Context(context)
    )


@pytest.mark.parametrize(
    "source", ["{{ absent }}", "{% if absent %}x{% endif %}", "{% if not given.absent %}x{% endif %}"]
)
def test_undefined_variable_is_noticed(source: str) -> None:
    render(source, given={})
    assert strict_templates.complaints()
    strict_templates.begin()


def test_defined_variables_pass() -> None:
    render("{{ given }}{% if given.x %}{{ given.x }}{% endif %}", given={"x": None})
    assert strict_templates.complaints() == []


def test_template_code_in_an_answer_is_noticed() -> None:
    assert strict_templates.unrendered(HttpResponse("<p>{{ name }}</p>"))
    assert not strict_templates.unrendered(HttpResponse("<p>name</p>"))


def test_network_is_blocked_except_for_loopback() -> None:
    with pytest.raises(Exception, match="socket"):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM).connect(("192.0.2.1", 80))


@pytest.mark.django_db
@pytest.mark.parametrize("attempt", [1, 2])
def test_every_test_starts_with_an_empty_migrated_database(attempt: int) -> None:
    assert not User.objects.exists()
    User.objects.create_user("somebody@example.org", name="Stelle")
