import pytest

from search.folding import german_slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Neustadt an der Weinstraße", "neustadt-an-der-weinstrasse"),
        ("Wörth am Rhein", "woerth-am-rhein"),
        ("Wo\u0308rth am Rhein", "woerth-am-rhein"),
        ("ÄÖÜ ẞ", "aeoeue-ss"),
        ("Boxberg/O.L.", "boxberg-o-l"),
        ("Cottbus/Chóśebuz", "cottbus-chosebuz"),
        ("Bauen & Wohnen", "bauen-wohnen"),
        ("  – !  ", ""),
        ("日本", ""),
        ("null\x00byte", "null-byte"),
    ],
)
def test_slug_is_readable_german(text: str, slug: str) -> None:
    assert german_slug(text) == slug


def test_slug_is_cut_between_words() -> None:
    assert german_slug("Haus am See im Wald", max_length=9) == "haus-am"
    assert german_slug("Haus am See", max_length=11) == "haus-am-see"
    assert german_slug("Haus am See", max_length=7) == "haus-am"
    assert german_slug("Donaudampfschifffahrt", max_length=5) == "donau"
