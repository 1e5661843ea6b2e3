"""Health: whether the service can do its work, for a load balancer or a watch."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from zhiheng_web.trail.models import ChainHead


@login_not_required
@never_cache
def health(_request: HttpRequest) -> JsonResponse:
    """200 with ``ok`` when the database answers and is up to date, else 503. Says nothing else: anybody may ask."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        ChainHead.objects.filter(pk=1).exists()
    except DatabaseError:
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ok"})
