"""A publiccode.yml names OZG services by their LeiKa keys; those that the catalogue has become links."""

from __future__ import annotations

import re
from collections.abc import Sequence

from topics.models import Service

LEIKA = re.compile(r"LeiKa (\d{14})")


def services_among(tags: Sequence[str]) -> tuple[list[Service], list[str]]:
    """The services that key words name, and the key words that are left. One query at most."""
    keys = {found[1]: tag for tag in tags if (found := LEIKA.fullmatch(tag))}
    services = list(Service.objects.filter(leika_key__in=keys)) if keys else []
    linked = {keys[service.leika_key] for service in services}
    return services, [tag for tag in tags if tag not in linked]
