"""How much one person may upload in a day."""

from __future__ import annotations

from datetime import timedelta

from django.apps import apps
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from practices.files.refusal import UnacceptableFileError

MEGABYTE = 1024 * 1024
MOST_A_DAY = 1024 * MEGABYTE
# The history also knows what was taken off again.
CARRIERS = ("AttachmentEvent", "BlockPartEvent", "AdoptionFileEvent")


class TooMuchTodayError(UnacceptableFileError):
    """This person has uploaded very much in the last 24 hours."""


def require(*, by: User, size: int) -> None:
    """Call it in the transaction that stores `size` bytes more. Raises TooMuchTodayError."""
    # One at a time for each person, so that many at once do not slip past the sum.
    User.objects.select_for_update().get(pk=by.pk)
    if _lately(by) + size > MOST_A_DAY:
        raise TooMuchTodayError(
            _(
                "Sie haben heute schon sehr viel hochgeladen; %(most)d MB am Tag sind möglich. "
                "Bitte laden Sie diese Datei morgen hoch."
            )
            % {"most": MOST_A_DAY // MEGABYTE}
        )


def _lately(by: User) -> int:
    since = timezone.now() - timedelta(days=1)
    total = 0
    for name in CARRIERS:
        uploads = apps.get_model("practices", name).objects.filter(
            pgh_label="insert", pgh_created_at__gt=since, uploaded_by=by.pk
        )
        total += uploads.aggregate(size=Sum("stored__size"))["size"] or 0
    return total
