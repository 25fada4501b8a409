"""Forms of the account pages: allauth's with our words, one password field each, and the profile."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.phones import PhoneField

PASSWORD_LENGTH = 128
NEW_PASSWORD_HELP = _(
    "Mindestens 12 Zeichen. Gut ist ein Satz, den nur Sie kennen; "
    "Name, Dienststelle und häufige Passwörter gehen nicht."
)


class OneLineField(forms.CharField):
    """Text without line breaks, which could forge paragraphs and headers in mails."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class PlainMixin:
    """Takes allauth's placeholders away, which only repeat the labels, and gives every field an upper end."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            limit = 254 if isinstance(field, forms.EmailField) else PASSWORD_LENGTH
            if isinstance(field, forms.CharField) and not isinstance(field, forms.JSONField):
                field.validators.append(MaxLengthValidator(limit))
                field.widget.attrs["maxlength"] = limit
            if isinstance(field, forms.EmailField):
                field.label = _("E-Mail-Adresse")


class NewPasswordMixin(PlainMixin):
    """One field instead of two: what was typed can be shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["password1"].label = _("Neues Passwort")
        self.fields["password1"].help_text = NEW_PASSWORD_HELP


class LoginForm(PlainMixin, allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""


class ResetPasswordForm(PlainMixin, allauth.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(NewPasswordMixin, allauth.ResetPasswordKeyForm):
    pass


class SetPasswordForm(NewPasswordMixin, allauth.SetPasswordForm):
    pass


class ChangePasswordForm(NewPasswordMixin, allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Jetziges Passwort")
        self.fields["oldpassword"].help_text = ""


class ReauthenticateForm(PlainMixin, allauth.ReauthenticateForm):
    pass


class AddEmailForm(PlainMixin, allauth.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Neue E-Mail-Adresse")


class ProfileForm(forms.ModelForm):
    """What others see of a person, and the language the portal speaks with them."""

    name = OneLineField(label=_("Name"), max_length=120)
    office = OneLineField(
        label=_("Dienststelle"),
        max_length=160,
        required=False,
        help_text=_("Zum Beispiel „Stabsstelle Digitalisierung“."),
    )
    phone = PhoneField(label=_("Telefon"), max_length=40, required=False)

    class Meta:
        model = User
        fields = ["name", "office", "phone", "language"]
        widgets = {"language": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["office"].widget.attrs["autocomplete"] = "organization"
        self.fields["phone"].widget.attrs["autocomplete"] = "tel"
