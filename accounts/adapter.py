"""What allauth may do here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: people come in through an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
