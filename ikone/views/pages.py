"""Texts of the operator: read by everybody, written by coordinators."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods, require_safe

from cities.permissions import is_coordinator
from ikone.forms import OperatorPageForm
from ikone.models import WELCOME, OperatorPage

# Every portal has these pages, written or not.
TITLES = {
    WELCOME: gettext_lazy("Begrüßung auf der Startseite"),
    "ueber": gettext_lazy("Über das Netzwerk"),
    "leichte-sprache": gettext_lazy("Leichte Sprache"),
    "barrierefreiheit": gettext_lazy("Erklärung zur Barrierefreiheit"),
    "datenschutz": gettext_lazy("Datenschutz"),
    "impressum": gettext_lazy("Impressum"),
}


def heading_of(page: OperatorPage) -> str:
    """What stands above the text: not the name under which coordinators find a welcome without a title."""
    return "" if page.slug == WELCOME and page.title in _names_of_welcome() else page.title


def name_of(page: OperatorPage) -> str:
    """What coordinators call the page."""
    return heading_of(page) or str(TITLES[WELCOME])


def _names_of_welcome() -> set[str]:
    names = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            names.add(str(TITLES[WELCOME]))
    return names


@login_not_required
@require_safe
def operator_page(request: HttpRequest, slug: str) -> HttpResponse:
    if slug == WELCOME:
        return redirect("home")
    context: dict[str, Any] = {
        "page": _page_or_404(slug), "slug": slug, "may_edit": is_coordinator(request.user)
    }  # fmt: skip
    return render(request, "pages/page.html", context)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def edit_operator_page(request: HttpRequest, slug: str) -> HttpResponse:
    page = _page_or_404(slug)
    if not is_coordinator(request.user):
        raise PermissionDenied
    page.title = heading_of(page)
    form = OperatorPageForm(request.POST or None, instance=page)
    shown = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("deed") == "preview":
            shown = form.cleaned_data
        elif _saved(form):
            messages.success(request, _("Die Seite ist gespeichert."))
            return redirect("operator_page", slug)
        else:
            # Somebody else has written the page's first text in the same moment: they choose like always.
            form = OperatorPageForm(request.POST, instance=_page_or_404(slug))
            form.is_valid()
    status = 422 if form.errors else 200
    context = {"form": form, "page": page, "name": name_of(page), "slug": slug, "shown": shown}
    return render(request, "pages/edit.html", context, status=status)


@require_safe
def operator_pages(request: HttpRequest) -> HttpResponse:
    """All pages that the operator writes, for the coordination."""
    if not is_coordinator(request.user):
        raise PermissionDenied
    written = {page.slug: page for page in OperatorPage.objects.defer("body")}
    rows = [(slug, str(title), written.pop(slug, None)) for slug, title in TITLES.items()]
    rows += [(slug, page.title, page) for slug, page in written.items()]
    return render(request, "pages/list.html", {"rows": rows})


def _saved(form: OperatorPageForm) -> bool:
    """Save a checked form; False where the page has come to be meanwhile."""
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:
        return False
    return True


def _page_or_404(slug: str) -> OperatorPage:
    """The page as stored, or an empty one of the same title that nobody has written yet."""
    page = OperatorPage.objects.filter(slug=slug).first()
    if page is not None:
        return page
    if slug not in TITLES:
        raise Http404
    return OperatorPage(slug=slug, title=str(TITLES[slug]))
