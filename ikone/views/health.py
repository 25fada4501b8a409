"""What load balancers and compose ask."""

import asyncio

from asgiref.sync import async_to_sync
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from health_check.checks import Cache, Database


@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """200 „ok“ while database and cache answer, else 503; why is in the log alone."""
    is_healthy = async_to_sync(_all_answer)()
    return HttpResponse(
        "ok\n" if is_healthy else "unavailable\n",
        status=200 if is_healthy else 503,
        content_type="text/plain; charset=utf-8",
    )


async def _all_answer() -> bool:
    results = await asyncio.gather(Database().get_result(), Cache().get_result())
    return not any(result.error for result in results)
