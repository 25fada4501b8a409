"""How people log in."""

from allauth.account.auth_backends import AuthenticationBackend


class PortalBackend(AuthenticationBackend):
    """By e-mail and password; allauth adds passkeys and second factors."""
