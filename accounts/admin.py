"""People for operators."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.actions import confirm_address
from accounts.models import User

# Through the portal's own login, so that throttling and second factors hold for the admin too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class LowerEmailMixin:
    cleaned_data: dict[str, Any]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class PersonCreationForm(LowerEmailMixin, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "name", "office"]


class PersonChangeForm(LowerEmailMixin, UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class PersonAdmin(UserAdmin):
    form = PersonChangeForm
    add_form = PersonCreationForm
    list_display = ["email", "name", "office", "is_coordinator", "is_staff", "is_active", "last_login"]
    list_filter = ["is_coordinator", "is_staff", "is_active"]
    search_fields = ["email", "name", "office"]
    ordering = ["email"]
    readonly_fields = ["last_login", "joined_at", "erased_at"]
    filter_horizontal = ["groups", "user_permissions"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Person"), {"fields": ["name", "office", "phone", "language"]}),
        (
            _("Rechte"),
            {
                "fields": [
                    "is_active",
                    "is_coordinator",
                    "is_staff",
                    "is_superuser",
                    "groups",
                    "user_permissions",
                ]
            },
        ),
        (_("Zeiten"), {"fields": ["last_login", "joined_at", "erased_at"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": ["email", "name", "office", "usable_password", "password1", "password2"],
            },
        )
    ]

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Coordinators delete accounts in the portal, where texts stay and every trace of the name goes."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change or "email" in form.changed_data:
            confirm_address(person=obj, by=request.user)  # type: ignore[arg-type]
