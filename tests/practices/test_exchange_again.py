"""A file that comes again takes nothing back that the portal has done since."""

import datetime as dt
from pathlib import Path

import pytest
from django.utils import timezone
from taggit.models import Tag

from accounts.models import User
from notifications.jobs import run_waiting
from practices import actions
from practices.checks import next_check
from practices.enums import Status
from practices.models import Practice
from practices.tagging import actions as tagging
from search.checking import differences
from search.entries import rebuild
from tests.factories import make_coordinator, make_topic
from tests.practices.test_exchange import line, places, refused, run, write
from topics import merging, splitting
from topics.actions import save_topic
from topics.models import Topic
from topics.placing import retire_topic

__all__ = ["places"]  # a fixture that every test here uses
pytestmark = pytest.mark.django_db

OLD = {"published_at": "2023-05-04", "confirmed_on": "2023-06-01", "next_check_on": "2024-06-01"}


def topics_of(practice: Practice) -> list[str]:
    return [link.topic.slug for link in practice.topic_links.order_by("-is_primary", "pk")]


def tags_of(practice: Practice) -> list[str]:
    return sorted(tag.name for tag in practice.tags.all())


@pytest.mark.parametrize("overwrite", [False, True])
def test_confirmed_in_the_portal_stays_confirmed(tmp_path: Path, overwrite: bool) -> None:
    file = write(tmp_path, line(**OLD))
    run(file)
    actions.confirm(practice=Practice.objects.get(), by=None)
    today = timezone.localdate()
    assert "unverändert: 1" in run(file, overwrite=overwrite)
    practice = Practice.objects.get()
    assert (practice.confirmed_on, practice.next_check_on) == (today, next_check(today))
    # The rest of a line counts as before.
    assert "geändert: 1" in run(write(tmp_path, line(title="Anders", **OLD)), overwrite=overwrite)
    practice = Practice.objects.get()
    assert (practice.title, practice.confirmed_on, practice.next_check_on) == (
        "Anders",
        today,
        next_check(today),
    )


def test_days_go_forward_with_the_file(tmp_path: Path) -> None:
    run(write(tmp_path, line(**OLD)))
    assert "geändert: 1" in run(write(tmp_path, {"confirmed_on": "2024-02-01"} | short()))
    practice = Practice.objects.get()
    assert (practice.confirmed_on, practice.next_check_on) == (dt.date(2024, 2, 1), dt.date(2025, 2, 1))
    later = {"confirmed_on": "2024-03-01", "next_check_on": "2026-03-01"}
    assert "geändert: 1" in run(write(tmp_path, later | short()))
    practice = Practice.objects.get()
    assert (practice.confirmed_on, practice.next_check_on) == (dt.date(2024, 3, 1), dt.date(2026, 3, 1))
    assert "unverändert: 1" in run(write(tmp_path, {"confirmed_on": "2024-02-01"} | short()))


def short() -> dict[str, str]:
    return {"external_id": "archiv-1", "title": "Die Akte wird elektronisch"}


def test_published_in_the_portal_stays_published_since_then(tmp_path: Path) -> None:
    file = write(tmp_path, line(status="draft", published_at=None))
    run(file)
    actions.publish(practice=Practice.objects.get(), by=make_coordinator())
    before = Practice.objects.get()
    assert "unverändert: 1" in run(write(tmp_path, line(status="draft", **OLD)))
    practice = Practice.objects.get()
    assert practice.status == Status.PUBLISHED
    assert (practice.published_at, practice.confirmed_on) == (before.published_at, before.confirmed_on)


def test_a_renamed_topic_is_known_by_its_former_address_and_names(tmp_path: Path) -> None:
    file = write(tmp_path, line(topics=["E-Akte und Dokumente", "beteiligung"]))
    run(file)
    by = make_coordinator()
    topic = Topic.objects.get(slug="e-akte")
    topic.name, topic.slug = "Aktenführung", "aktenfuehrung"
    save_topic(topic=topic, by=by)
    assert "unverändert: 1" in run(file, create_topics=True)
    assert "unverändert: 1" in run(write(tmp_path, line(topics=["e-akte", "beteiligung"])))
    assert Topic.objects.count() == 2
    # A new topic of the former name is the one that is meant from then on.
    save_topic(topic=Topic(name="E-Akte und Dokumente", slug="e-akte-neu"), by=by)
    run(write(tmp_path, line(topics=["E-Akte und Dokumente"])))
    assert topics_of(Practice.objects.get()) == ["e-akte-neu"]


def test_a_topic_that_kept_its_address_is_known_by_its_former_name(tmp_path: Path) -> None:
    file = write(tmp_path, line(topics=["Beteiligung"]))
    run(file)
    Topic.objects.filter(slug="beteiligung").update(name="Mitreden")
    Topic.pgh_event_model.objects.all().delete()  # type: ignore[attr-defined]
    assert "unverändert: 1" in run(file, create_topics=True)


def test_a_merged_topic_is_the_one_that_it_was_merged_into(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        line(topics=["Beteiligung"]),
        line(external_id="b", topics=["beteiligung", "e-akte"]),
    )
    run(file)
    by = make_coordinator()
    source, target = Topic.objects.get(slug="beteiligung"), Topic.objects.get(slug="e-akte")
    merge_topics(by, source, target)
    assert "unverändert: 2" in run(file, create_topics=True)
    last = make_topic("Verwaltung", slug="verwaltung")
    merge_topics(by, target, last)
    assert "unverändert: 2" in run(file, create_topics=True)
    assert all(topics_of(each) == ["verwaltung"] for each in Practice.objects.all())
    assert Topic.objects.count() == 1


def merge_topics(by: User, source: Topic, target: Topic) -> None:
    merging.start_merge(source=source, target=target, by=by)
    run_waiting()


def split_topic(by: User, source: Topic, name: str, practice: Practice) -> Topic:
    made = Topic(name=name, slug=name.lower())
    keys = {"practices.PracticeTopic": [practice.topic_links.get(topic=source).pk]}
    splitting.start_split(source=source, made=made, keys=keys, by=by)
    run_waiting()
    return made


def test_what_went_along_when_a_topic_was_split_does_not_come_back(tmp_path: Path) -> None:
    lines = [line(), line(external_id="b")]
    run(write(tmp_path, *lines))
    by, practice = make_coordinator(), Practice.objects.get(external_id="archiv-1")
    source = Topic.objects.get(slug="e-akte")
    made = split_topic(by, source, "Scannen", practice)
    assert "unverändert: 2" in run(write(tmp_path, *lines))
    split_topic(by, made, "Stapelscannen", practice)
    assert "unverändert: 2" in run(write(tmp_path, *lines))
    # The rows are written anew, and still it is known.
    lines[0] = line(topics=["beteiligung", "e-akte"])
    for _time in range(2):
        run(write(tmp_path, *lines))
        assert topics_of(practice) == ["beteiligung", "stapelscannen"]
    assert topics_of(Practice.objects.get(external_id="b")) == ["e-akte", "beteiligung"]
    run(write(tmp_path, line(topics=["e-akte", "stapelscannen"])))
    assert topics_of(practice) == ["e-akte", "stapelscannen"]
    merge_topics(by, Topic.objects.get(slug="stapelscannen"), source)
    assert "unverändert: 1" in run(write(tmp_path, line(topics=["e-akte"])))


def test_nothing_new_comes_under_a_retired_topic(tmp_path: Path) -> None:
    run(write(tmp_path, line()))
    below = make_topic("Ablage", slug="ablage", parent=Topic.objects.get(slug="e-akte"))
    retire_topic(topic=Topic.objects.get(slug="e-akte"), by=make_coordinator())
    assert "geändert: 1" in run(write(tmp_path, line(title="Anders")))  # it stands there already
    lines = [
        line(external_id="b"),
        line(external_id="c", topics=[below.name], status="draft"),
        line(topics=["ablage"]),
    ]
    message = refused(write(tmp_path, *lines), create_topics=True)
    assert (
        "Zeile 1: topics: Das Thema „E-Akte und Dokumente“ ist stillgelegt; darunter kommt nichts" in message
    )
    assert "Zeile 2: topics: Das Thema „Ablage“ ist stillgelegt" in message
    assert "Zeile 3: topics: Das Thema „Ablage“ ist stillgelegt" in message


def tag(name: str) -> Tag:
    return Tag.objects.get(name=name)


def test_merged_tags_do_not_come_back(tmp_path: Path) -> None:
    file = write(tmp_path, line(tags=["Scannen", "Ablage"]))
    run(file)
    by = make_coordinator()
    changes = []
    for source, target in (("Scannen", "Digitalisieren"), ("Digitalisieren", "Einlesen")):
        changes.append(tagging.merge(tags=[tag(source)], target=target, keeps_words=True, by=by))
        run_waiting()
    assert "unverändert: 1" in run(file)
    assert tags_of(Practice.objects.get()) == ["Ablage", "Einlesen"]
    run(write(tmp_path, line(external_id="b", tags=["SCANNEN", "Einlesen"])))
    assert tags_of(Practice.objects.get(external_id="b")) == ["Einlesen"]
    for change in reversed(changes):
        tagging.undo(change=change, by=by)
        run_waiting()
    assert "unverändert: 1" in run(write(tmp_path, line(tags=["Scannen", "Ablage"])))
    assert tags_of(Practice.objects.get(external_id="archiv-1")) == ["Ablage", "Scannen"]


def test_a_tag_that_became_a_topic_stays_one(tmp_path: Path) -> None:
    file = write(tmp_path, line())
    run(file)
    by, topic = make_coordinator(), make_topic("Scannen", slug="scannen")
    rebuild()
    tagging.make_topic(tag=tag("Scannen"), topic=topic, by=by)
    run_waiting()
    assert "unverändert: 1" in run(file)
    without_topics = line(external_id="b", tags=["Scannen"], status="draft")
    del without_topics["topics"]
    run(write(tmp_path, line(external_id="c"), without_topics))
    for external_id, topics in {
        "archiv-1": ["e-akte", "beteiligung", "scannen"],
        "b": ["scannen"],
        "c": ["e-akte", "beteiligung", "scannen"],
    }.items():
        practice = Practice.objects.get(external_id=external_id)
        assert topics_of(practice) == topics
        assert "Scannen" not in tags_of(practice)
    retire_topic(topic=topic, by=by)
    run(write(tmp_path, line(external_id="d")))
    assert topics_of(Practice.objects.get(external_id="d")) == ["e-akte", "beteiligung"]
    assert "unverändert: 1" in run(write(tmp_path, line()))
    assert not list(differences())


def test_what_was_stopped_is_ended_unless_the_line_says_otherwise(tmp_path: Path) -> None:
    reason = {"sections": line()["sections"] | {"stop_reason": "Zu teuer."}}
    run(
        write(
            tmp_path,
            line(external_id="a", kind="stopped", **reason),
            line(external_id="b", kind="stopped", phase="pilot", **reason),
            line(external_id="c"),
        )
    )
    phases = dict(Practice.objects.values_list("external_id", "phase"))
    assert phases == {"a": "ended", "b": "pilot", "c": "live"}
