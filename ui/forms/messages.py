"""The portal's own words for what Django's forms say most often."""

from django.core.validators import MaxLengthValidator, validate_email
from django.forms import ChoiceField, Field, ModelChoiceField, ModelMultipleChoiceField, MultipleChoiceField
from django.utils.translation import gettext_lazy as _


def use_own_words() -> None:
    """Change Django's defaults, so that allauth's forms and the admin speak likewise."""
    Field.default_error_messages["required"] = _("Bitte ausfüllen.")
    # Django writes its own as a plural of two forms; one text serves both here.
    MaxLengthValidator.message = _("Höchstens %(limit_value)d Zeichen, es sind %(show_value)d.")
    validate_email.message = _("Bitte eine gültige E-Mail-Adresse angeben.")
    choose = _("Bitte eine der angebotenen Möglichkeiten wählen.")
    for field in (ChoiceField, MultipleChoiceField, ModelChoiceField, ModelMultipleChoiceField):
        field.default_error_messages["invalid_choice"] = choose
