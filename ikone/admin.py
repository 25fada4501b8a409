"""The portal's own tables for operators."""

from django.contrib import admin

from ikone.models import OperatorPage


@admin.register(OperatorPage)
class OperatorPageAdmin(admin.ModelAdmin):
    list_display = ["title", "slug", "updated_at"]
    readonly_fields = ["updated_at"]
