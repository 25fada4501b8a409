"""Which passwords are refused."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "password",
    [
        "passwort1234",
        "Passw0rt!2026",
        "PasswortPasswort1",
        "hallo hallo hallo",
        "!!Sommer2026!!",
        "Bürgermeister1",
        "buergermeister",
        "Bad Kreuznach 55543",
        "Wörth-76744-Wörth",
        "qwertzuiopü12",
        "1qay2wsx3edc",
    ],
)
def test_everyday_words_with_digits_and_signs_are_refused(password: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_password(password)
    assert "password_too_common" in [error.code for error in refusal.value.error_list]


@pytest.mark.parametrize(
    "password",
    ["Im Rathaus brennt abends Licht", "sommerregen-auf-blech", "vT7#qLp2&xMw", "Kuchen im Mai 1998!"],
)
def test_sentences_and_random_signs_are_taken(password: str) -> None:
    validate_password(password)
