"""The topic map for operators. People use the portal's own pages; ordering and redirects are kept there."""

from typing import cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from topics.actions import save_topic
from topics.models import FormerTopicSlug, Leadership, Topic


class LeadershipInline(admin.TabularInline):
    model = Leadership
    extra = 0
    fields = ["city", "engagement", "contact_name", "contact_email", "since", "next_check"]
    raw_id_fields = ["city"]


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ["name", "parent", "depth", "position", "slug"]
    list_filter = ["depth"]
    search_fields = ["name", "slug", "summary"]
    list_select_related = ["parent"]
    raw_id_fields = ["parent"]
    readonly_fields = ["depth", "version", "updated_at"]
    inlines = [LeadershipInline]

    def save_model(self, request: HttpRequest, obj: Topic, form: object, change: bool) -> None:
        save_topic(topic=obj, by=cast(User, request.user))


@admin.register(Leadership)
class LeadershipAdmin(admin.ModelAdmin):
    list_display = ["topic", "city", "engagement", "contact_name", "since", "next_check"]
    list_filter = ["engagement", "is_demo"]
    search_fields = ["topic__name", "city__name", "contact_name"]
    raw_id_fields = ["topic", "city", "contact_user", "deputy_user"]
    readonly_fields = ["version"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Leadership]:
        return super().get_queryset(request).select_related("topic", "city")


@admin.register(FormerTopicSlug)
class FormerTopicSlugAdmin(admin.ModelAdmin):
    list_display = ["slug", "topic"]
    search_fields = ["slug", "topic__name"]
    raw_id_fields = ["topic"]
