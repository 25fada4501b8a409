"""Reads of the practices app, named for what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Cast, JSONObject

from cities.permissions import city_ids_of, is_coordinator, is_member
from practices.enums import FigureKind, Status, Step, Visibility
from practices.following import FollowedQuerySet
from topics.permissions import managed_city_ids

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.models import Practice

CARD_FIELDS = [
    "title",
    "summary",
    "kind",
    "phase",
    "visibility",
    "status",
    "confirmed_on",
    "next_check_on",
    "checked_on",
    "adopters",
    "is_demo",
    "updated_at",
    "created_by_id",
    "city__name",
]
CARD_VALUES = [
    "pk",
    "title",
    "summary",
    "kind",
    "phase",
    "visibility",
    "confirmed_on",
    "next_check_on",
    "checked_on",
    "adopters",
    "is_demo",
    "city_id",
    "city__name",
]
# Rows of a write-up that its page shows, and the names under which `for_page()` brings them.
PAGE_ROWS = {
    "figures": "figure_rows",
    "indicators": "indicator_rows",
    "fundings": "funding_rows",
    "products": "product_rows",
}
FAR_END = ["title", "visibility", "status", "city_id"]


class PracticeQuerySet(FollowedQuerySet):
    def published_for(self, reader: User | AnonymousUser) -> PracticeQuerySet:
        """What lists and searches may show to this person."""
        if is_member(reader):
            return self.published()
        return self.published().filter(visibility=Visibility.PUBLIC)

    def visible_to(self, user: User | AnonymousUser) -> PracticeQuerySet:
        """What this person may read: published and archived ones by visibility, and the own city's drafts.

        A write-up that is anonymous in the network is readable for members; its city is hidden from them by
        `practices.permissions.can_see_city`, not here.
        """
        out = Q(status__in=[Status.PUBLISHED, Status.ARCHIVED])
        if not is_member(user):
            return self.filter(out, visibility=Visibility.PUBLIC)
        if is_coordinator(user):
            return self
        own = Q(city__in=city_ids_of(user))
        return self.filter(out | own)

    def for_cards(self) -> PracticeQuerySet:
        """With what a card shows and no long text; `topic_names` begins with the primary topic."""
        shown = self.select_related("city").only(*CARD_FIELDS)
        return shown.annotate(topic_names=self._topic_names(), one_off_cost=self._one_off_cost())

    def card_values(self, *more: str) -> models.QuerySet[Practice, tuple[Any, ...]]:
        """Just what cards of published write-ups show, in the order of `practices.cards.Row`; then `more`."""
        return self.values_list(*CARD_VALUES, self._topic_names(), self._one_off_cost(), *more)

    def _one_off_cost(self) -> Subquery:
        """What is paid once, or NULL where nobody has said."""
        model: Any = self.model._meta.get_field("figures").related_model
        rows = model.objects.filter(practice=OuterRef("pk"), kind=FigureKind.COST_ONCE)
        return Subquery(rows.order_by().values("practice").values(total=Sum("amount")))

    def _topic_names(self) -> ArraySubquery:
        links = self.model.topics.through.objects.filter(practice=OuterRef("pk"))
        return ArraySubquery(links.order_by("-is_primary", "pk").values("topic__name"))

    def for_page(self) -> PracticeQuerySet:
        """With what the page of one write-up shows: `tag_names` in alphabetical order, its `last_step`, and
        the rows that belong to it as lists of dicts: `attachment_rows` and the names of PAGE_ROWS.
        """
        steps: Any = self.model.steps.rel.related_model.objects  # type: ignore[union-attr]
        last_step = JSONObject(step="step", remark="remark", at="at", by="by__name")
        people = self.select_related("city", "updated_by", "contact_user", "deputy_user")
        return people.with_tag_names().annotate(
            last_step=Subquery(steps.filter(practice=OuterRef("pk")).values(json=last_step)[:1]),
            attachment_rows=self._attachment_rows(),
            service_rows=self._service_rows(),
            **{name: self._rows_of(relation) for relation, name in PAGE_ROWS.items()},
        )

    def with_tag_names(self) -> PracticeQuerySet:
        """With its `tag_names` in alphabetical order."""
        tags = self.model.tags.through.objects.filter(
            object_id=OuterRef("pk"),
            content_type__app_label=self.model._meta.app_label,
            content_type__model=self.model._meta.model_name,
        )
        return self.annotate(tag_names=ArraySubquery(tags.order_by("tag__name").values("tag__name")))

    def with_partner_ids(self) -> PracticeQuerySet:
        """With the ids of its partner cities, which have a part in it as its own city has."""
        partners: Any = self.model._meta.get_field("partner_cities").remote_field.through.objects  # type: ignore[union-attr]
        rows = partners.filter(practice=OuterRef("pk")).order_by("city")
        return self.annotate(partner_ids=ArraySubquery(rows.values("city")))

    def _attachment_rows(self) -> ArraySubquery:
        """Its files in their order; `practices.files.panels` makes attachments of them again."""
        model: Any = self.model._meta.get_field("attachments").related_model
        row = JSONObject(
            pk="pk",
            title="title",
            original_name="original_name",
            alt_text="alt_text",
            stored=JSONObject(
                extension="stored__extension", media_type="stored__media_type", size="stored__size"
            ),
        )
        rows = model._default_manager.filter(practice=OuterRef("pk")).order_by("position", "pk")
        return ArraySubquery(rows.values(row=row))

    def _service_rows(self) -> ArraySubquery:
        """The OZG services it is about, by name."""
        model: Any = self.model._meta.get_field("service_links").related_model
        row = JSONObject(pk="service_id", name="service__name")
        rows = model.objects.filter(practice=OuterRef("pk")).order_by("service__sort_name")
        return ArraySubquery(rows.values(row=row))

    def _rows_of(self, relation: str) -> ArraySubquery:
        """Numbers come as text, which keeps them exact."""
        model: Any = self.model._meta.get_field(relation).related_model
        columns = {
            field.name: Cast(field.name, models.TextField())
            if isinstance(field, models.DecimalField)
            else F(field.name)
            for field in model._meta.concrete_fields
            if field.name not in {"id", "practice"}
        }
        rows = model._default_manager.filter(practice=OuterRef("pk")).order_by("pk")
        return ArraySubquery(rows.values(row=JSONObject(**columns)))

    def with_relations_for(self, reader: User | AnonymousUser) -> PracticeQuerySet:
        """With `outgoing` and `incoming`: the relations that this person may learn of, as lists of dicts."""
        model: Any = self.model._meta.get_field("relations").related_model
        shown = model.objects.shown_to(reader)

        def to(end: str, *, of: str) -> ArraySubquery:
            columns = {name: F(f"{end}__{name}") for name in FAR_END}
            row = JSONObject(
                relation="pk", kind="kind", pk=F(f"{end}_id"), city_name=F(f"{end}__city__name"), **columns
            )
            return ArraySubquery(shown.filter(**{of: OuterRef("pk")}).order_by("pk").values(row=row))

        return self.annotate(outgoing=to("target", of="source"), incoming=to("source", of="target"))

    def waiting_for_review(self) -> PracticeQuerySet:
        return self.filter(status=Status.IN_REVIEW)

    def to_decide_by(self, user: User | AnonymousUser) -> PracticeQuerySet:
        """What waits for this person's decision, with when it was handed in; the longest wait first."""
        waiting = self.waiting_for_review()
        if not is_coordinator(user):
            waiting = waiting.filter(city__in=managed_city_ids(user))
        return waiting.with_submission().order_by("submitted_at", "pk")

    def with_submission(self) -> PracticeQuerySet:
        """Adds `submitted_at`: when it was handed in last."""
        steps: Any = self.model.steps.rel.related_model.objects  # type: ignore[union-attr]
        handed_in = steps.filter(practice=OuterRef("pk"), step=Step.SUBMITTED).order_by("-at")
        return self.annotate(submitted_at=Subquery(handed_in.values("at")[:1]))

    def of_own_cities(self, user: User | AnonymousUser) -> PracticeQuerySet:
        """Everything of the cities that this person acts for, and what they wrote themselves."""
        return self.visible_to(user).filter(Q(city__in=city_ids_of(user)) | Q(created_by=user.pk))

    def drafts_first(self, author: User | AnonymousUser) -> PracticeQuerySet:
        """This person's own drafts before all others, each group the latest change first."""
        is_own_draft = Q(status=Status.DRAFT, created_by=author.pk)
        return self.order_by(ExpressionWrapper(is_own_draft, BooleanField()).desc(), "-updated_at", "-pk")
