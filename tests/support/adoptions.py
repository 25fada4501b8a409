"""The ledger's part of the small network of the sweeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from cities.models import City
from practices.adoption.actions import Standing, adopt
from practices.adoption.enums import AskedAs, Stage
from practices.adoption.files import hang
from practices.confirming.rounds import hash_of
from practices.files.checking import check
from practices.models import Adoption, AdoptionAsk, AdoptionFile, Practice

ADOPTION_TOKEN = "ein-drittes-gueltiges-wort"
ADOPTED, ADOPTED_ANONYMOUSLY = "Übernahmegeheimnis", "Anonymübernahme"


@dataclass(frozen=True)
class Adoptions:
    """One of the published write-up and one of the anonymous one, neither confirmed."""

    of_published: Adoption
    of_anonymous: Adoption
    file: AdoptionFile

    @classmethod
    def of(cls, practices: Mapping[str, Practice], *, city: City, by: User, asked: User) -> Adoptions:
        """`asked` got the link of the mail and may not confirm: by the link alone nothing is shown."""
        published, anonymous = (
            adopt(subject=practices[name], city=city, standing=Standing(Stage.PILOT, "2024", remark), by=by)
            for name, remark in (("published", ADOPTED), ("anonymous", ADOPTED_ANONYMOUSLY))
        )
        AdoptionAsk.objects.create(
            adoption=published,
            asked_as=AskedAs.CITY,
            person=asked,
            expires_at=timezone.now() + timedelta(days=90),
            token_hash=hash_of(ADOPTION_TOKEN),
        )
        content = check(ContentFile(b"Ein Text.", name=f"{ADOPTED}.txt"))
        return cls(published, anonymous, hang(adoption=published, checked=content, title="", by=by))
