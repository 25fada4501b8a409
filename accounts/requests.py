"""Types of requests."""

from django.http import HttpRequest

from accounts.models import User


class MemberRequest(HttpRequest):
    """What a members-only view gets: somebody is logged in. Only a type, never made."""

    user: User
