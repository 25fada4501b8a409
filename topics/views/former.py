"""Addresses that topics once had, with all below them: they lead to where the topic is now."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from topics.models import FormerTopicSlug

View = Callable[..., HttpResponseBase]


def follows(view: View) -> View:
    """A page of a topic that, where it finds none, redirects (301) if the topic has another address now.

    The page itself decides first who may open it.
    """

    @wraps(view)
    def found(request: HttpRequest, *, slug: str, **rest: Any) -> HttpResponseBase:
        try:
            return view(request, slug=slug, **rest)
        except Http404:
            former = FormerTopicSlug.objects.select_related("topic").filter(slug=slug).first()
            match = request.resolver_match
            if former is None or match is None or request.method not in {"GET", "HEAD"}:
                raise
        response = redirect(match.view_name, slug=former.topic.slug, permanent=True, **rest)
        if query := request.META.get("QUERY_STRING", ""):
            response["Location"] += f"?{query}"
        # A merge can be undone and an address taken again; browsers that kept it would never know.
        response["Cache-Control"] = "no-cache"
        return response

    return found
