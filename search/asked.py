"""The words of a search as they came from a form: checked, and asked less strictly."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from search.query.parsing import PHRASE, parse
from search.query.terms import is_stop_word

QUOTATION_MARKS = dict.fromkeys((0x22, 0xAB, 0xBB, 0x201C, 0x201D, 0x201E), " ")  # of PHRASE


def with_words(text: str) -> str:
    """What was typed without needless blanks; ValidationError where that is only signs, or words that stand
    everywhere.
    """
    words = " ".join(text.replace("\x00", " ").split())
    if words and not any(sign.isalnum() for sign in words):
        raise ValidationError(_("Bitte geben Sie mindestens ein Wort ein."), code="no_word")
    parsed = parse(words)
    if parsed.words and not (parsed.phrases or parsed.excluded) and all(map(is_stop_word, parsed.words)):
        raise ValidationError(
            _("„%(words)s“ steht fast überall. Bitte nennen Sie ein Wort, das sagt, worum es geht."),
            code="no_word",
            params={"words": words},
        )
    return words


def without_quotes(text: str) -> str:
    """The same words in any order and at any distance; "" where they were not asked for literally."""
    return " ".join(text.translate(QUOTATION_MARKS).split()) if parse(text).phrases else ""


def without_exclusions(text: str) -> str:
    """What is looked for without what is not wanted; "" where there is nothing of the one or the other."""
    parsed = parse(text)
    wanted = [*parsed.words, *(f"„{phrase}“" for phrase in parsed.phrases)]
    return " ".join(wanted) if parsed.excluded else ""


def is_only_words(text: str) -> bool:
    """Whether nothing is quoted or excluded."""
    parsed = parse(text)
    return not (PHRASE.search(text) or parsed.phrases or parsed.excluded)
