"""Callers of the API: a token per account and scope."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client

from zhiheng.plan.procedure import Role
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.actions.create_token import create_token
from zhiheng_web.organisation.models import Account, RoleAssignment
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.models import TableVersion

ALL_SCOPES = ("read", "import", "steps")


@dataclass(frozen=True)
class Answer:
    status: int
    data: Any


@dataclass(frozen=True)
class Caller:
    token: str

    def get(self, path: str, **query: Any) -> Answer:
        return answer(Client().get(f"/api/v1{path}", query, headers=self.headers))

    def post(self, path: str, data: Any = None) -> Answer:
        body = json.dumps({} if data is None else data)
        return answer(Client().post(f"/api/v1{path}", body, content_type="application/json", headers=self.headers))

    def upload(self, path: str, **fields: Any) -> Answer:
        return answer(Client().post(f"/api/v1{path}", fields, headers=self.headers))

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def answer(response: Any) -> Answer:
    assert response["Content-Type"].startswith("application/json"), response.content[:300]
    return Answer(response.status_code, response.json())


def token_of(viewer: Viewer, scopes: tuple[str, ...] = ALL_SCOPES) -> str:
    return create_token(viewer, "测试", scopes, 30)[1]


@pytest.fixture
def caller(viewer: Callable[[str], Viewer]) -> Callable[..., Caller]:
    """``caller("jixiao")``: a program with that account's token; ``caller("jixiao", "read")`` with that scope only."""

    def with_token(username: str, *scopes: str) -> Caller:
        return Caller(token_of(viewer(username), scopes or ALL_SCOPES))

    return with_token


@pytest.fixture
def everything(linyi: TableVersion) -> Caller:
    """A program whose owner holds every role of the procedure: it gets as deep as a call can. The real table is there before him."""
    account = Account.objects.create_user("quanbu", "全部角色", None)
    for role in (Role.PERFORMANCE_OFFICER, Role.FILLER, Role.HEAD, Role.FINANCE_BUSINESS, Role.FINANCE_PERFORMANCE, Role.AUDITOR):
        RoleAssignment.objects.create(account=account, role=role, since=date(2015, 1, 1))
    return Caller(token_of(viewer_of(account, date(2020, 1, 10))))


@pytest.fixture
def year(organisation: Demonstrated, caller: Callable[..., Caller], viewer: Callable[[str], Viewer], settings: Any, tmp_path: Any) -> Any:
    """A year of the bureau's small table, to be lived by programs; see tests/zhiheng_web/api/year.py."""
    from tests.zhiheng_web.api.year import Year, small_scene

    settings.MEDIA_ROOT = tmp_path
    return Year(caller, small_scene(organisation, viewer("jixiao")))
