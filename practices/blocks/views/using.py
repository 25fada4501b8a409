"""The building blocks of a write-up, in its editor."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest
from practices.blocks import actions
from practices.blocks.actions import BlockGoneError
from practices.blocks.choosing import label_of, suggestions
from practices.blocks.forms import UseForm
from practices.enums import Visibility
from practices.models import BuildingBlock
from practices.views.pages import editable_practice


@require_http_methods(["GET", "HEAD", "POST"])
def of_practice(request: MemberRequest, pk: int) -> HttpResponseBase:
    practice = editable_practice(request.user, pk)
    form = UseForm(request.POST if request.method == "POST" else None, reader=request.user)
    if form.is_valid():
        block: BuildingBlock = form.cleaned_data["block"]
        try:
            actions.use(block=block, practice=practice, by=request.user)
        except BlockGoneError:
            form.add_error("block", _("Diesen Baustein hat gerade jemand gelöscht."))
        else:
            messages.success(request, _("„%(title)s“ steht jetzt im Beitrag.") % {"title": block})
            return redirect("practices:blocks", practice.pk)
    used = BuildingBlock.objects.used_by(practice.pk, request.user, hidden_city=None)
    blocks = list(used.for_cards())
    context = {
        "practice": practice,
        "form": form,
        "blocks": blocks,
        "removed": _removed(request, blocks),
        "is_anonymous": practice.visibility == Visibility.ANONYMOUS,
    }
    return render(request, "practices/blocks/of_practice.html", context, status=422 if form.errors else 200)


def _removed(request: MemberRequest, used: list[BuildingBlock]) -> BuildingBlock | None:
    """What has just been taken out and can be put back with one button."""
    given = request.GET.get("entfernt", "")
    if not (given.isascii() and given.isdigit() and len(given) <= 18) or request.method == "POST":
        return None
    if any(block.pk == int(given) for block in used):
        return None
    return BuildingBlock.objects.visible_to(request.user).filter(pk=int(given)).first()


@require_POST
def stop_using(request: MemberRequest, pk: int, block: int) -> HttpResponseBase:
    practice = editable_practice(request.user, pk)
    found = get_object_or_404(BuildingBlock.objects.visible_to(request.user), pk=block)
    actions.stop_using(block=found, practice=practice, by=request.user)
    return redirect(f"{reverse('practices:blocks', args=[practice.pk])}?entfernt={found.pk}")


@require_safe
def suggest(request: MemberRequest) -> HttpResponse:
    """Options for the field in which a block is typed."""
    labels = [label_of(block) for block in suggestions(request.user, request.GET.get("block", ""))]
    return render(request, "practices/blocks/suggestions.html", {"labels": labels})
