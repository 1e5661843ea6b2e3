"""The API itself: who calls (a bearer token with scopes), how a refusal is answered, how a long list is paged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer

from zhiheng_web.api.shapes import Problem
from zhiheng_web.organisation.addresses import address_of
from zhiheng_web.organisation.tokens import SCOPES, viewer_for_token
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Conflict, Refusal
from zhiheng_web.wording import Text

DESCRIPTION = """职衡 service: everything a page can read, import, and the steps of the procedure, through the same actions and policies.

Send a token (Account → API tokens) as `Authorization: Bearer zh_…`. A token does what its owner may do, within its scopes
(`read`, `import`, `steps`). Amounts are 元 and points are exact decimals, both as text.
What you may not see is answered as absent (404)."""
NO_TOKEN = Text("没有有效的接口令牌。请在“账号—接口令牌”中新建。", "There is no valid token. Make one under Account, API tokens.")
NO_SCOPE = Text("此令牌没有“{scope}”权限范围。", "This token has no scope: {scope}.")
WRONG_INPUT = Text("请求的内容不符合接口说明，见 fields。", "The request does not follow the description of the API; see fields.")


class Token(HttpBearer):
    """A token whose scopes hold ``scope``; the request then carries its owner as viewer."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        viewer = viewer_for_token(token, address_of(request))
        if viewer is None:
            return None
        if self.scope not in (viewer.api_scopes or frozenset()):
            raise ScopeMissing(self.scope)
        request.viewer = viewer
        return viewer


class ScopeMissing(Exception):  # noqa: N818 - it is an answer, not a fault
    """The token is good, but not for this."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


class Readable(JSONRenderer):
    """JSON in which Chinese stands as it is."""

    json_dumps_params: ClassVar[dict[str, Any]] = {"ensure_ascii": False}


class Described(NinjaAPI):
    """The API with its description, which tells every answer of every operation: seconds of work, done once in a process."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.descriptions: dict[str, Any] = {}

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> Any:
        """The description of the operations below an address. It is shared: read it, do not change it."""
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        if prefix not in self.descriptions:
            self.descriptions[prefix] = super().get_openapi_schema(path_prefix=prefix)
        return self.descriptions[prefix]


READ, IMPORT, STEPS = Token("read"), Token("import"), Token("steps")

api = Described(
    title="Zhiheng 职衡",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    openapi_url="openapi.json",
    docs_url=None,
    renderer=Readable(),
    auth=READ,
)
REFUSALS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 415, 422), Problem)
"""What every operation may answer instead, besides its own result."""
READ_REFUSALS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 422), Problem)


def answers(shape: Any) -> dict[int, Any]:
    """The answers of an operation that reads."""
    return {200: shape, **READ_REFUSALS}


def results(shape: Any) -> dict[int, Any]:
    """The answers of an operation that does something."""
    return {200: shape, **REFUSALS}


def problem(request: HttpRequest, status: int, code: str, text: Text, **more: Any) -> HttpResponse:
    """One refusal as JSON."""
    return api.create_response(request, {"code": code, "zh": text.zh, "en": text.en, "fields": {}, "current": None, **more}, status=status)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """What an action or a query refused, with its own status."""
    fields = {name: {"zh": text.zh, "en": text.en} for name, text in refusal.fields.items()}
    current = {key: str(value) for key, value in refusal.current.items()} if isinstance(refusal, Conflict) else None
    return problem(request, refusal.status, refusal.code, refusal.text, fields=fields, current=current)


@api.exception_handler(AuthenticationError)
def unknown_caller(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    """No token, or none that is good."""
    response = problem(request, 401, "no_token", NO_TOKEN)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(ScopeMissing)
def out_of_scope(request: HttpRequest, missing: ScopeMissing) -> HttpResponse:
    """A good token that is not for this."""
    return problem(request, 403, "scope", NO_SCOPE.with_(scope=SCOPES[missing.scope]))


@api.exception_handler(ValidationError)
def wrong_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Input that does not follow the schema: every place with what is wrong there."""
    fields = {}
    for one in error.errors:
        place = ".".join(str(part) for part in one.get("loc", ()) if part not in ("body", "query", "path", "form", "file", "payload"))
        fields[place or "request"] = {"zh": one.get("msg", ""), "en": one.get("msg", "")}
    return problem(request, 422, "wrong_input", WRONG_INPUT, fields=fields)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON, or the like."""
    return problem(request, error.status_code, "unreadable", WRONG_INPUT, fields={"request": {"zh": error.message, "en": error.message}})


def page(rows: QuerySet[Any] | Sequence[Any], limit: int, offset: int, shape: Callable[[Any], Any]) -> dict[str, Any]:
    """One page of a list with the number of all."""
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    chosen: Iterable[Any] = rows[offset : offset + limit]
    return {"count": count, "items": [shape(row) for row in chosen]}
