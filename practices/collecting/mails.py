"""The mail to somebody with whom a collection is shared."""

from __future__ import annotations

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.mailing import write_to
from accounts.models import User
from notifications.kinds import MailKind
from practices.models import Collection

SHARED = "collection_shared"
KIND = MailKind(SHARED, _("Sammlungen, die andere mit mir teilen"))


def tell_reader(collection: Collection, person: User, *, by: User) -> None:
    write_to(
        person,
        kind=SHARED,
        subject=format_lazy("{}: {}", _("Mit Ihnen geteilt"), collection.title),
        template="collection_shared",
        context={
            "by": by,
            "collection": collection,
            "url": f"{settings.BASE_URL}{collection.get_absolute_url()}",
        },
    )
