"""Cities for operators. People use the portal's own pages; register data comes from `import_register`."""

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities import search_entry
from cities.actions import keep_former_address
from cities.models import City, FormerCitySlug, Invitation, Membership, RegisterImport
from search.tasks import refresh_city

SAID_ELSEWHERE = {"name", "state", "population"}  # what entries of a city's things say of it


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    raw_id_fields = ["user"]


class FormerSlugInline(admin.TabularInline):
    model = FormerCitySlug
    extra = 0


@admin.register(City)
class CityAdmin(admin.ModelAdmin):
    list_display = ["name", "ags", "state", "district", "population", "status", "joined_on"]
    list_filter = ["status", "state", "designation", ("left_register_on", admin.EmptyFieldListFilter)]
    search_fields = ["name", "folded_name", "=ags", "slug"]
    ordering = ["sort_name", "ags"]
    show_full_result_count = False
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    raw_id_fields = ["contact_user"]
    readonly_fields = ["standing", "sort_name", "folded_name", "register_date", "left_register_on", "version"]
    exclude = ["status"]
    inlines = [MembershipInline, FormerSlugInline]

    @admin.display(description=gettext_lazy("Stand im Netzwerk"))
    def standing(self, obj: City) -> SafeString:
        """To look at: a change needs its reason, its record and the mails to the city's people."""
        where = reverse("standing", args=[obj.slug]) if obj.has_page else reverse("cities:admission")
        said = _("ändern Sie auf den Seiten der Koordination")
        return format_html('{} (<a href="{}">{}</a>)', obj.get_status_display(), where, said)

    def save_model(self, request: HttpRequest, obj: City, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        search_entry.refresh(obj)
        if change and SAID_ELSEWHERE & set(form.changed_data):
            refresh_city.later(city_id=obj.pk)
        if change and "slug" in form.changed_data:
            keep_former_address(city=obj, former=form.initial["slug"])

    def has_delete_permission(self, request: HttpRequest, obj: City | None = None) -> bool:
        """Municipalities that end are marked by the import; practices and history stay with them."""
        return False


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["user", "city", "role", "since"]
    list_filter = ["role"]
    list_select_related = ["user", "city"]
    search_fields = ["user__name", "user__email", "city__name"]
    raw_id_fields = ["user", "city"]


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    """To look at; people invite from the city's page, which sends the mail."""

    list_display = ["email", "city", "role", "as_coordinator", "invited_at", "expires_at", "accepted_at"]
    list_filter = ["role", "as_coordinator"]
    list_select_related = ["city"]
    search_fields = ["email", "city__name"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        return False


@admin.register(RegisterImport)
class RegisterImportAdmin(admin.ModelAdmin):
    """To look at; `manage.py import_register` writes it."""

    list_display = ["format", "register_date", "population_date", "municipalities", "imported_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: RegisterImport | None = None) -> bool:
        return False
