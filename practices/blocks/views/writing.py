"""Making a building block and keeping it up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest
from practices.blocks import actions
from practices.blocks.actions import (
    AlreadyCreatedError,
    BlockGoneError,
    BlockInUseError,
    StepNotPossibleError,
    VersionExistsError,
)
from practices.blocks.enums import BlockStatus
from practices.blocks.forms import BlockForm, ContentForm, NewBlockForm, RetireForm, VersionForm
from practices.blocks.permissions import can_decide, can_delete, can_edit
from practices.blocks.reading import versions_of
from practices.files.quota import TooMuchTodayError
from practices.models import BlockPart, BlockVersion, BuildingBlock, Practice
from practices.permissions import can_edit as can_edit_practice
from practices.permissions import can_write_any

REFUSED = 422
MOST_OWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponseBase:
    """A new block; `?beitrag=` names the write-up that uses it at once."""
    if not can_write_any(request.user):
        raise PermissionDenied(_("Sie arbeiten noch für keine Stadt mit. Die Koordination hilft weiter."))
    practice = _practice(request)
    if request.method != "POST":
        return _new_page(request, NewBlockForm(user=request.user, practice=practice), practice)
    if before := _created_before(request):
        return redirect(before)
    form = NewBlockForm(request.POST, request.FILES, user=request.user, practice=practice)
    if not form.is_valid():
        return _new_page(request, form, practice)
    block = form.save(commit=False)
    block.creation_key = form.cleaned_data["key"]
    content = {name: form.cleaned_data[name] for name in ("upload", "url")}
    try:
        actions.create(block=block, by=request.user, practice=practice, **content)
    except AlreadyCreatedError:  # the other sending of the same form was quicker
        return redirect(_created_before(request) or "blocks:own")
    except TooMuchTodayError as error:
        form.add_error("upload", error)
        return _new_page(request, form, practice)
    messages.success(request, _("Der Baustein ist als Entwurf gespeichert."))
    return redirect(block)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponseBase:
    with transaction.atomic():
        block = _editable(request, pk)
        # Who may read what is out is up to those who published it.
        form = BlockForm(
            request.POST if request.method == "POST" else None,
            instance=block,
            fixes_visibility=block.status != BlockStatus.DRAFT and not can_decide(request.user, block),
        )
        if request.method == "POST" and form.is_valid():
            form.claim()
            actions.save(block=form.save(commit=False), by=request.user, fields=form.changed_names)
            messages.success(request, _("Gespeichert."))
            return redirect(block)
        stored = BuildingBlock.objects.get(pk=pk)
    return _page(request, "practices/blocks/edit.html", stored, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def new_version(request: MemberRequest, pk: int) -> HttpResponseBase:
    block = _editable(request, pk)
    if request.method == "POST":
        form = VersionForm(request.POST, request.FILES, instance=BlockVersion(block=block))
        if form.is_valid():
            content = {name: form.cleaned_data[name] for name in ("upload", "url")}
            try:
                with _while_it_exists():
                    actions.add_version(version=form.save(commit=False), by=request.user, **content)
            except VersionExistsError:
                form.add_error("label", _("Diese Fassung gibt es schon."))
            except TooMuchTodayError as error:
                form.add_error("upload", error)
            else:
                messages.success(request, _("Die neue Fassung steht bereit. Die älteren bleiben erhalten."))
                return redirect(block)
    else:
        form = VersionForm(instance=BlockVersion(block=block))
    return _page(request, "practices/blocks/new_version.html", block, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def contents(request: MemberRequest, pk: int, version: int) -> HttpResponseBase:
    """Files and links of one version: what is there, and one more."""
    block = _editable(request, pk)
    row = get_object_or_404(block.versions, pk=version)
    form = ContentForm()
    if request.method == "POST":
        form = ContentForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                with _while_it_exists():
                    actions.add_part(version=row, by=request.user, **form.cleaned_data)
            except TooMuchTodayError as error:
                form.add_error("upload", error)
            else:
                messages.success(request, _("Hinzugefügt."))
                return redirect("blocks:contents", block.pk, row.pk)
    shown = next(one for one in versions_of(block) if one.row.pk == row.pk)
    return _page(request, "practices/blocks/contents.html", block, form=form, version=shown)


@require_POST
def remove_part(request: MemberRequest, pk: int, part: int) -> HttpResponseBase:
    block = _editable(request, pk)
    found = BlockPart.objects.filter(version__block=block, pk=part).select_related("version__block").first()
    if found is None:  # pressed twice
        return redirect(block)
    with _while_it_exists():
        actions.remove_part(part=found, by=request.user)
    messages.success(request, _("„%(title)s“ ist entfernt.") % {"title": found})
    return redirect("blocks:contents", block.pk, found.version_id)


@require_POST
def publish(request: MemberRequest, pk: int) -> HttpResponseBase:
    block = _visible(request, pk)
    if not can_decide(request.user, block):
        raise PermissionDenied
    try:
        actions.publish(block=block, by=request.user)
        messages.success(request, _("Der Baustein ist veröffentlicht."))
    except StepNotPossibleError:
        pass  # pressed twice: it is published
    return redirect(block)


@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: MemberRequest, pk: int) -> HttpResponseBase:
    block = _visible(request, pk)
    if not can_decide(request.user, block):
        raise PermissionDenied
    form = RetireForm(request.POST if request.method == "POST" else None, block=block, reader=request.user)
    if form.is_valid():
        try:
            actions.retire(block=block, by=request.user, replaced_by=form.cleaned_data["replaced_by"])
            messages.success(request, _("Der Baustein gilt als nicht mehr gepflegt. Seine Seite bleibt."))
        except StepNotPossibleError:
            messages.warning(request, _("Nur veröffentlichte Bausteine lassen sich aus der Pflege nehmen."))
        return redirect(block)
    return _page(request, "practices/blocks/retire.html", block, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: MemberRequest, pk: int) -> HttpResponseBase:
    block = _visible(request, pk)
    if not can_delete(request.user, block):
        raise PermissionDenied
    if request.method == "POST":
        try:
            actions.delete(block=block, by=request.user)
        except BlockInUseError:
            messages.error(
                request,
                _(
                    "Beiträge verwenden den Baustein, oder Städte haben ihn übernommen. Nehmen Sie ihn "
                    "stattdessen aus der Pflege."
                ),
            )
            return redirect(block)
        messages.success(request, _("Der Baustein ist gelöscht."))
        return redirect("blocks:own")
    context = {"is_used": block.uses.exists(), "is_adopted": block.adoptions.exists()}
    return _page(request, "practices/blocks/delete.html", block, **context)


@require_safe
def own(request: MemberRequest) -> HttpResponse:
    """The blocks of the person's own cities, drafts first."""
    blocks = BuildingBlock.objects.of_own_cities(request.user)
    shown = blocks.for_cards().order_by("status", "-pk")[:MOST_OWN]
    context = {"blocks": shown, "total": blocks.count(), "can_write": can_write_any(request.user)}
    return render(request, "practices/blocks/own.html", context)


def _visible(request: MemberRequest, pk: int) -> BuildingBlock:
    blocks = BuildingBlock.objects.visible_to(request.user).select_related("city")
    return get_object_or_404(blocks, pk=pk)


def _editable(request: MemberRequest, pk: int) -> BuildingBlock:
    block = _visible(request, pk)
    if not can_edit(request.user, block):
        raise PermissionDenied(_("Diesen Baustein bearbeiten nur seine Redaktion und die Koordination."))
    return block


@contextmanager
def _while_it_exists() -> Iterator[None]:
    """404 where somebody deletes the block between the view's look at it and the writing."""
    try:
        yield
    except BlockGoneError:
        raise Http404 from None


def _practice(request: MemberRequest) -> Practice | None:
    """The write-up in the address; 404 for one that this person must not know of or may not change."""
    given = request.GET.get("beitrag", "")
    if not (given.isascii() and given.isdigit() and len(given) <= 18):
        return None
    practices = Practice.objects.visible_to(request.user).select_related("city")
    practice = get_object_or_404(practices, pk=int(given))
    if not can_edit_practice(request.user, practice):
        raise PermissionDenied
    return practice


def _created_before(request: MemberRequest) -> BuildingBlock | None:
    """The block that an earlier sending of the same form has made."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    return BuildingBlock.objects.filter(creation_key=key, created_by=request.user).first()


def _new_page(request: MemberRequest, form: NewBlockForm, practice: Practice | None) -> HttpResponse:
    context = {"form": form, "practice": practice}
    return render(request, "practices/blocks/new.html", context, status=REFUSED if form.errors else 200)


def _page(request: MemberRequest, template: str, block: BuildingBlock, **more: Any) -> HttpResponse:
    form = more.get("form")
    context = {"building_block": block, **more}
    return render(request, template, context, status=REFUSED if form and form.errors else 200)
