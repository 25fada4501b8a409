"""Requests for operators. People write on the portal's own pages, where others hear of it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.models import User
from exchange import search_entry
from exchange.forms import STAYS_IN_NETWORK, opens_answers
from exchange.models import Answer, Request


class AnswerInline(admin.StackedInline):
    """To look at and to take away."""

    model = Answer
    extra = 0
    readonly_fields = ["city", "text", "helped", "author", "created_at"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RequestAdminForm(ModelForm):
    def clean_visibility(self) -> str:
        visibility: str = self.cleaned_data["visibility"]
        if opens_answers(self.instance, visibility):
            raise ValidationError(STAYS_IN_NETWORK, code="answered")
        return visibility


@admin.register(Request)
class RequestAdmin(admin.ModelAdmin):
    form = RequestAdminForm
    list_display = ["title", "city", "topic", "state", "visibility", "open_until"]
    list_filter = ["state", "visibility", "is_demo"]
    list_select_related = ["city", "topic"]
    search_fields = ["title", "text", "city__name"]
    show_full_result_count = False
    raw_id_fields = ["city", "topic", "contact_user"]
    readonly_fields = ["asked_by", "updated_by"]
    inlines = [AnswerInline]

    def save_model(self, request: HttpRequest, obj: Request, form: ModelForm, change: bool) -> None:
        assert isinstance(request.user, User)  # noqa: S101  the admin is for members
        obj.updated_by = request.user
        obj.version += change
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        search_entry.refresh(form.instance)

    def delete_model(self, request: HttpRequest, obj: Request) -> None:
        search_entry.withdraw([obj.pk])
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Request]) -> None:
        search_entry.withdraw(queryset.values_list("pk", flat=True))
        super().delete_queryset(request, queryset)
