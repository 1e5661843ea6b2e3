"""The reference of the API as a page: made from its own description, nothing loaded from another host."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from zhiheng_web.api.entrance import api, problem
from zhiheng_web.wording import Text

NO_ADDRESS = Text("接口没有这个地址，见 /api/docs/。", "The API has no such address; see /api/docs/.")


@csrf_exempt
@login_not_required
def no_such_address(request: HttpRequest) -> HttpResponse:
    """Every address below /api/ that is none answers as the API does."""
    return problem(request, 404, "no_such_address", NO_ADDRESS)


@login_not_required
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation with what it takes and answers."""
    return render(request, "api/reference.html", {"operations": operations(), "schema": api.get_openapi_schema()})


def operations() -> list[dict[str, Any]]:
    """The operations by address, as the description tells them."""
    found = []
    for address, methods in api.get_openapi_schema()["paths"].items():
        for method, said in methods.items():
            inputs = [
                {"name": one["name"], "where": one["in"], "required": one.get("required", False)} for one in said.get("parameters", ())
            ]
            body = next(iter(said.get("requestBody", {}).get("content", {}).values()), {}).get("schema", {})
            found.append(
                {
                    "method": method.upper(),
                    "address": address,
                    "summary": said.get("summary", ""),
                    "description": said.get("description", ""),
                    "inputs": inputs,
                    "body": body.get("$ref", "").rpartition("/")[2] or body.get("title", ""),
                }
            )
    return found
