"""Write-ups for operators. People write on the portal's own pages, where every step leaves its trace."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.models import User
from cities.models import City
from practices import search_entry
from practices.adoption.makers import refuse_adopters
from practices.models import Practice, PracticeTopic, WorkflowStep
from search import entries


class TopicInline(admin.TabularInline):
    model = PracticeTopic
    extra = 0
    raw_id_fields = ["topic"]


class StepInline(admin.TabularInline):
    """To look at: steps are taken on the write-up's page."""

    model = WorkflowStep
    extra = 0
    readonly_fields = ["step", "remark", "by", "at"]
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PracticeForm(ModelForm):
    def clean_city(self) -> City:
        """Said here before the database refuses it."""
        city: City = self.cleaned_data["city"]
        if city.pk != self.instance.city_id:
            refuse_adopters(self.instance, [city])
        return city


@admin.register(Practice)
class PracticeAdmin(admin.ModelAdmin):
    form = PracticeForm
    list_display = ["title", "city", "kind", "phase", "status", "visibility", "confirmed_on"]
    list_filter = ["status", "kind", "phase", "visibility", "is_demo"]
    list_select_related = ["city"]
    search_fields = ["title", "summary", "city__name", "=external_id"]
    show_full_result_count = False
    raw_id_fields = ["city", "contact_user", "deputy_user"]
    readonly_fields = ["status", "confirmed_on", "next_check_on", "published_at", "created_by", "updated_by"]
    exclude = ["partner_cities"]  # a list of all municipalities would be too long
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    inlines = [TopicInline, StepInline]

    def save_model(self, request: HttpRequest, obj: Practice, form: ModelForm, change: bool) -> None:
        assert isinstance(request.user, User)  # noqa: S101  the admin is for members
        obj.updated_by = request.user
        obj.version += change
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        search_entry.refresh(form.instance)

    def delete_model(self, request: HttpRequest, obj: Practice) -> None:
        entries.withdraw(search_entry.SOURCE, [obj.pk])
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Practice]) -> None:
        entries.withdraw(search_entry.SOURCE, queryset.values_list("pk", flat=True))
        super().delete_queryset(request, queryset)
