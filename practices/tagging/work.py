"""Big changes of tags: each runs in the one transaction of its undertaking, wholly or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pghistory
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, F, IntegerField, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from taggit.models import Tag

from notifications.models import Undertaking
from notifications.undertakings import Refusal, Work, register
from practices.enums import TagChangeKind
from practices.models import Practice, PracticeTag, PracticeTopic, Review, TagChange
from practices.search_entry import SOURCE
from practices.tagging.reading import links, origin_of, synonyms_of
from search import synonyms
from search.tasks import refresh_things

CHANGE, UNDO = "tags.change", "tags.undo"
BATCH = 1_000


def register_work() -> None:
    register(CHANGE, change)
    register(UNDO, undo)


def change(work: Work) -> dict[str, Any]:
    """Give every write-up with one of the sources the target instead."""
    made = _locked(work)
    if made.done_at:
        raise Refusal(_("Diese Änderung ist schon erledigt."))
    with pghistory.context(user=work.asked_by):
        tags = list(Tag.objects.filter(name__in=made.sources))
        if not tags:
            raise Refusal(_("Diese Schlagwörter gibt es nicht mehr."))
        target = _target(made)
        taken = _take([tag for tag in tags if tag != target], work)
        concerned = sorted({pk for pks in taken.values() for pk in pks})
        made.kept = {"taken": taken}
        if target is not None:
            made.kept |= _merge(made, tags, target, concerned)
        else:
            made.kept |= _make_topic(made, concerned)
        _touch(concerned, work)
    made.number, made.done_at = len(concerned), timezone.now()
    made.save(update_fields=["kept", "number", "done_at"])
    return _result(made.number) | {"undo_url": reverse("tags:undo", args=[made.pk])}


def undo(work: Work) -> dict[str, Any]:
    """Give back what was taken, except where somebody has removed the target since."""
    made = _locked(work)
    if not made.can_be_undone:
        raise Refusal(_("Das ist schon zurückgenommen."))
    with pghistory.context(user=work.asked_by):
        still = _still_changed(made)
        for key, pks in made.kept["taken"].items():
            _add(int(key), [pk for pk in pks if pk in still])
        added = [pk for pk in made.kept["added"] if pk in still]
        if made.kind == TagChangeKind.MERGE:
            links().filter(tag_id=made.kept["target"], object_id__in=added).delete()
            target = Tag.objects.get(pk=made.kept["target"])
            if target.name != made.kept["spelled"]:
                _spell(target, made.kept["spelled"])
            _restore_synonyms(made)
        else:
            PracticeTopic.objects.filter(topic=made.topic, practice__in=added, is_primary=False).delete()
        _touch(sorted(still), work)
    made.undone_at, made.undone_by_id = timezone.now(), work.asked_by
    made.save(update_fields=["undone_at", "undone_by"])
    if made.undertaking_id is not None:
        Undertaking.objects.filter(pk=made.undertaking_id).update(result=_result(made.number))
    return _result(len(still))


def _result(number: int) -> dict[str, Any]:
    said = ngettext("%(number)d Beitrag ist geändert.", "%(number)d Beiträge sind geändert.", number)
    return {"number": number, "text": said % {"number": number}}


def _locked(work: Work) -> TagChange:
    found = TagChange.objects.select_for_update(of=("self",)).filter(pk=work.arguments["change"]).first()
    if found is None:
        raise Refusal(_("Diese Änderung gibt es nicht mehr."))
    return found


def _take(tags: Sequence[Tag], work: Work) -> dict[str, list[int]]:
    """Which write-ups had which tag, before they lose it."""
    taken: dict[str, list[int]] = {}
    for place, tag in enumerate(tags):
        rows = links().filter(tag=tag)
        taken[str(tag.pk)] = sorted(rows.values_list("object_id", flat=True))
        work.report(place, len(tags), str(_("Schlagwörter lösen")))
        rows.delete()
    return taken


def _target(made: TagChange) -> Tag | None:
    """The tag that the others become, made where there is none; none where they become a topic."""
    if made.kind != TagChangeKind.MERGE:
        return None
    found = Tag.objects.filter(name__iexact=made.target).order_by("pk").first()
    return found or Tag.objects.create(name=made.target)


def _merge(made: TagChange, tags: Sequence[Tag], target: Tag, concerned: Sequence[int]) -> dict[str, Any]:
    before = {origin_of(tag): synonyms_of(tag) for tag in {*tags, target}}
    kept = {"target": target.pk, "synonyms": before, "spelled": target.name}
    words = synonyms_of(target)
    if made.keeps_words:
        words += [word for tag in tags for word in (tag.name, *synonyms_of(tag))]
    if target.name != made.target:
        _spell(target, made.target)
    _set_synonyms(target, words)
    for tag in tags:
        if tag != target:
            synonyms.set_for(origin_of(tag), [])
    return kept | {"added": _add(target.pk, concerned)}


def _spell(tag: Tag, name: str) -> None:
    tag.name = name
    tag.save(update_fields=["name"])


def _set_synonyms(tag: Tag, words: Iterable[str]) -> None:
    others = {word.casefold(): word for word in words if word.casefold() != tag.name.casefold()}
    synonyms.set_for(origin_of(tag), [tag.name, *others.values()] if others else [])


def _restore_synonyms(made: TagChange) -> None:
    """Take the words away that the merge gave, give those back that it took; what has come since stays."""
    before: dict[str, list[str]] = made.kept["synonyms"]
    by_key = {origin_of(tag): tag for tag in Tag.objects.filter(pk__in=[key.split(":")[1] for key in before])}
    target = f"tag:{made.kept['target']}"
    given = _given(made.sources, before, target) if made.keeps_words else set()
    for origin, words in before.items():
        if origin not in by_key:
            continue
        now = synonyms_of(by_key[origin])
        if origin == target:
            _set_synonyms(by_key[origin], [word for word in now if word.casefold() not in given])
        else:
            _set_synonyms(by_key[origin], [*words, *now])


def _given(sources: Iterable[str], before: dict[str, list[str]], target: str) -> set[str]:
    """What the target was called besides after the merge, and not before it."""
    words = [*sources, *(word for theirs in before.values() for word in theirs)]
    return {word.casefold() for word in words} - {word.casefold() for word in before[target]}


def _make_topic(made: TagChange, concerned: Sequence[int]) -> dict[str, Any]:
    if made.topic is None:
        raise Refusal(_("Dieses Thema gibt es nicht mehr."))
    have = set(
        PracticeTopic.objects.filter(topic=made.topic, practice__in=concerned).values_list(
            "practice", flat=True
        )
    )
    added = [pk for pk in concerned if pk not in have]
    PracticeTopic.objects.bulk_create(
        (PracticeTopic(practice_id=pk, topic=made.topic) for pk in added), batch_size=BATCH
    )
    return {"added": added}


def _add(tag_id: int, practice_ids: Iterable[int]) -> list[int]:
    """Give write-ups a tag; returns those that did not have it. What was deleted meanwhile is left out."""
    wanted = set(practice_ids)
    there = set(Practice.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    have = set(links().filter(tag_id=tag_id, object_id__in=wanted).values_list("object_id", flat=True))
    added = sorted(there - have)
    kind = ContentType.objects.get_for_model(Practice)
    PracticeTag.objects.bulk_create(
        (PracticeTag(tag_id=tag_id, content_type=kind, object_id=pk) for pk in added), batch_size=BATCH
    )
    return added


def _still_changed(made: TagChange) -> set[int]:
    concerned = {pk for pks in made.kept["taken"].values() for pk in pks}
    if made.kind == TagChangeKind.MERGE:
        rows = links().filter(tag_id=made.kept["target"], object_id__in=concerned)
        return set(rows.values_list("object_id", flat=True))
    there = PracticeTopic.objects.filter(topic=made.topic, practice__in=concerned)
    return set(there.values_list("practice", flat=True))


def _touch(practice_ids: Sequence[int], work: Work) -> None:
    """A new version of each, so that an open editor cannot bring the old tags back; „geprüft“ goes along.

    The search learns of it by jobs after the commit.
    """
    done = 0
    is_current = When(checked_version=F("version"), then=F("version") + 1)
    checked = Case(is_current, default=F("checked_version"), output_field=IntegerField())
    for begin in range(0, len(practice_ids), BATCH):
        ids = list(practice_ids[begin : begin + BATCH])
        Review.objects.filter(practice__in=ids, practice_version=F("practice__version")).update(
            practice_version=F("practice_version") + 1
        )
        Practice.objects.filter(pk__in=ids).update(version=F("version") + 1, checked_version=checked)
        refresh_things.later(source=SOURCE, object_ids=ids)
        done += len(ids)
        work.report(done, len(practice_ids), str(_("Beiträge")))
