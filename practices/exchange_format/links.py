"""What many write-ups are connected with, written in few statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from taggit.models import TaggedItem

from accounts.models import User
from practices.models import Practice, PracticeService, PracticeTopic


@dataclass(frozen=True)
class Keys:
    """Ids of what a write-up is connected with, the primary topic first; None leaves a kind as it is."""

    topics: list[int] | None
    tags: list[int] | None
    partners: list[int] | None
    services: list[int] | None = None


def differ(practice: Practice, keys: Keys) -> bool:
    """Whether the write-up, read with its links, is connected otherwise. Four prefetched relations."""
    return (
        (keys.topics is not None and keys.topics != topics_of(practice))
        or (keys.tags is not None and set(keys.tags) != {tag.pk for tag in practice.tags.all()})
        or (
            keys.services is not None
            and set(keys.services) != {link.service_id for link in practice.service_links.all()}
        )
        or (
            keys.partners is not None
            and set(keys.partners) != {city.pk for city in practice.partner_cities.all()}
        )
    )


def topics_of(practice: Practice) -> list[int]:
    """The ids of its topics, the primary one first; a new write-up has none."""
    if practice.pk is None:
        return []
    links = sorted(practice.topic_links.all(), key=lambda link: (not link.is_primary, link.pk))
    return [link.topic_id for link in links]


def write(pairs: Sequence[tuple[Practice, Keys]], *, are_new: bool) -> None:
    """Connect write-ups as their keys say, each kind of link in one or two statements."""
    content_type = ContentType.objects.get_for_model(Practice).pk
    topics = [(practice.pk, keys.topics) for practice, keys in pairs if keys.topics is not None]
    tags = [(practice.pk, keys.tags) for practice, keys in pairs if keys.tags is not None]
    partners = [(practice.pk, keys.partners) for practice, keys in pairs if keys.partners is not None]
    services = [(practice.pk, keys.services) for practice, keys in pairs if keys.services is not None]
    through = Practice.partner_cities.through
    if not are_new:
        PracticeTopic.objects.filter(practice__in=[pk for pk, _keys in topics]).delete()
        PracticeService.objects.filter(practice__in=[pk for pk, _keys in services]).delete()
        tagged = TaggedItem.objects.filter(content_type=content_type)
        tagged.filter(object_id__in=[pk for pk, _keys in tags]).delete()
        through.objects.filter(practice__in=[pk for pk, _keys in partners]).delete()
    PracticeTopic.objects.bulk_create(
        PracticeTopic(practice_id=pk, topic_id=topic, is_primary=number == 0)
        for pk, keys in topics
        for number, topic in enumerate(keys)
    )
    TaggedItem.objects.bulk_create(
        TaggedItem(content_type_id=content_type, object_id=pk, tag_id=tag)
        for pk, keys in tags
        for tag in keys
    )
    through.objects.bulk_create(
        through(practice_id=pk, city_id=city) for pk, keys in partners for city in keys
    )
    PracticeService.objects.bulk_create(
        PracticeService(practice_id=pk, service_id=service) for pk, keys in services for service in keys
    )


def link_accounts(practices: list[Practice]) -> None:
    """Remember whose accounts the given addresses are, so that they can be asked later."""
    addresses = {
        email.lower()
        for practice in practices
        for email in (practice.contact_email, practice.deputy_email)
        if email
    }
    people = {user.email: user for user in User.objects.filter(email__in=addresses, is_active=True)}
    for practice in practices:
        practice.contact_user = people.get(practice.contact_email.lower())
        practice.deputy_user = people.get(practice.deputy_email.lower())
