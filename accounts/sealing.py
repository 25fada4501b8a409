"""Seals the secrets of second factors with the portal's own key, so a leaked database opens no account."""

from base64 import b32encode, urlsafe_b64encode
from hashlib import sha256
from secrets import token_bytes

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def _box() -> MultiFernet:
    """Seals with SECRET_KEY; opens also what an earlier key (SECRET_KEY_FALLBACKS) sealed."""
    keys = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [Fernet(urlsafe_b64encode(sha256(("second-factor:" + key).encode()).digest())) for key in keys]
    )


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def unseal(text: str) -> str:
    """The sealed text; after the key was exchanged a random one, which no code fits."""
    try:
        return _box().decrypt(text.encode()).decode()
    except InvalidToken:
        return b32encode(token_bytes(20)).decode()
