"""A year of the bureau lived by programs alone: every step is a call of the API with the token of whoever takes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.zhiheng_web.api.conftest import Answer, Caller
from tests.zhiheng_web.evaluation.self_evaluation.conftest import LINES
from tests.zhiheng_web.evaluation.self_evaluation.scene import Scene, entries, scene
from tests.zhiheng_web.ledgers.evidence.files import pdf

from zhiheng.plan.procedure import Role
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.models import Account, RoleAssignment, Unit
from zhiheng_web.organisation.viewer import Viewer

FIRMS, COMPLAINTS, CHECKS, SATISFACTION = "新增企业数", "投诉次数", "检查覆盖率", "服务对象满意度"

PLAN = {"kind": "finance", "name": "2020年整体评价", "scope": "全部资金", "system": "project"}


@dataclass
class Year:
    """``year("jixiao").post(…)``: a call by that person's program. ``ids`` are what it met, by their names in addresses."""

    caller: Callable[..., Caller]
    scene: Scene
    ids: dict[str, Any] = field(default_factory=dict)
    programs: dict[str, Caller] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ids |= {"table": self.scene.table.pk, "department": self.scene.table.unit.department_id, "unit": self.scene.table.unit_id}

    def __call__(self, username: str) -> Caller:
        if username not in self.programs:
            self.programs[username] = self.caller(username)
        return self.programs[username]

    def at(self, path: str) -> str:
        return path.format(**self.ids)

    def get(self, username: str, path: str, **query: Any) -> Any:
        return good(self(username).get(self.at(path), **query), path)

    def post(self, username: str, path: str, data: Any = None, keep: str = "") -> Any:
        said = good(self(username).post(self.at(path), data), path)
        if keep:
            self.ids[keep] = said["ids"][0] if "ids" in said else said["id"]
        return said

    def upload(self, username: str, path: str, keep: str = "", **fields: Any) -> Any:
        said = good(self(username).upload(self.at(path), **fields), path)
        if keep:
            self.ids[keep] = said["id"]
        return said

    def monitored(self, *, close: bool = True) -> dict[str, Any]:
        """January to July: 8 of 10 firms; what lags is explained, and put right by a corrective action."""
        asked = {"year": 2020, "name": "1-7月监控", "first": "2020-01-01", "last": "2020-07-31", "due_on": "2020-08-31"}
        self.post("jixiao", "/rounds", {**asked, "departments": [str(self.ids["department"])]}, keep="round")
        self.post("jixiao", "/rounds/{round}/open")
        self.ids["report"] = self.get("jixiao", "/rounds/{round}")["reports"][0]["id"]
        for row in self.get("jixiao", "/monitoring-reports/{report}")["rows"]:
            said = {"reasons": ["staff"], "explanation": "受疫情影响，下半年补上。", "possibility": "possible"}
            said |= {"edits": row["edits"], "tier": None}
            self.ids["monitored"] = row["id"]
            self.post("jixiao", "/monitoring-rows/{monitored}", said)
        fix = {"problem": "进度偏慢", "measure": "倒排工期", "due_on": late(30), "responsible": "张三"}
        self.post("jixiao", "/monitoring-rows/{monitored}/corrections", fix, keep="correction")
        if close:
            self.post("jixiao", "/monitoring-reports/{report}/submit")
            self.post("jixiao", "/rounds/{round}/close")
        found: dict[str, Any] = self.get("jixiao", "/monitoring-reports/{report}")
        return found

    def surveyed(self, grades: tuple[int, ...] = (5, 5, 5, 5, 5, 5, 5, 5, 5, 2)) -> list[str]:
        """Ten invitations, answered on the page that needs no account, and the survey closed."""
        written = {
            "title": "2020年满意度调查", "year": 2020, "audience": "企业", "opens_on": late(0), "closes_on": late(20), "least": 5,
            "questions": [{"text": "您对服务是否满意？"}, {"text": "还有什么意见？", "kind": "text", "counts": False, "required": False}],
            "indicator": str(self.scene.indicator(SATISFACTION).pk),
        }  # fmt: skip
        self.post("jixiao", "/departments/{department}/surveys", written, keep="survey")
        self.post("jixiao", "/surveys/{survey}/open")
        tokens: list[str] = self.post("jixiao", "/surveys/{survey}/invitations", {"number": len(grades), "label": "企业"})["tokens"]
        for token, grade in zip(tokens, grades, strict=True):
            names = answer_fields(token)
            sent = Client().post(f"/s/{token}/", {names[0]: str(grade)})
            assert sent.status_code == 302, sent.content.decode()[:2000]
        self.post("jixiao", "/surveys/{survey}/close")
        return tokens

    def self_evaluated(self, *, accept: bool = True, changed: bool = True) -> dict[str, Any]:
        """Begun with the frozen values, explained, one row changed by two persons, handed in and accepted on its digest."""
        self.post("jixiao", "/tables/{table}/self-evaluation", keep="self_evaluation")
        card = self.get("jixiao", "/self-evaluations/{self_evaluation}")["about"]
        cells = [{"field": name, "base": "", "text": "已写明"} for name in ("goal_actual", "overview", "problems", "improvements")]
        for row in card["rows"]:
            cells += [{"row": row["id"], "field": name, "base": "", "text": "推迟到下年"} for name in ("reason", "improvement")]
        self.post("jixiao", "/self-evaluations/{self_evaluation}/cells", {"cells": cells})
        row = next(row for row in self.card()["rows"] if row["name"] == FIRMS)
        self.ids["self_row"] = row["id"]
        row_at = "/self-evaluations/{self_evaluation}/rows/{self_row}"
        file = SimpleUploadedFile("佐证.pdf", pdf())
        assert self.upload("jixiao", f"{row_at}/files", title="名单", file=file) == {"count": 1}
        if changed:
            self.post("jixiao", f"{row_at}/override", {"edits": row["edits"], "points": "35", "reason": "两家已受理"})
            edits = next(row for row in self.card()["rows"] if row["name"] == FIRMS)["edits"]
            self.post("kezhang", f"{row_at}/override/confirm", {"points": "35", "edits": edits})
        card = self.card()
        self.post("jixiao", "/self-evaluations/{self_evaluation}/submit", {"seen": card["card"]["total"]})
        if accept:
            said = {"accept": True, "opinion": "同意", "seen": self.card()["digest"]}
            self.post("czjixiao", "/self-evaluations/{self_evaluation}/decide", said)
        return self.card()

    def card(self) -> dict[str, Any]:
        found: dict[str, Any] = self.get("jixiao", "/self-evaluations/{self_evaluation}")["about"]
        return found

    def rechecked(self) -> dict[str, Any]:
        """Finance draws and holds 30 points right for the row that was changed by hand."""
        self.drawn()
        self.post("czjixiao2", "/rechecks/{recheck}/finish", {"opinion": "核减5分"})
        found: dict[str, Any] = self.get("czjixiao", "/rechecks/{recheck}")
        return found

    def drawn(self) -> None:
        """A sample of one, re-checked by a colleague of who accepted it."""
        self.post("czjixiao", "/samples", {"year": 2020, "name": "2020年抽查", "seed": "20210301", "size": 1}, keep="sample")
        self.post("czjixiao", "/samples/{sample}/draw")
        self.ids["recheck"] = self.get("czjixiao", "/samples/{sample}")["lines"][0]["recheck"]
        self.post("czjixiao2", "/rechecks/{recheck}/rows", {"row": self.ids["self_row"], "points": "30", "reason": "仅8家"})

    def engaged(self) -> None:
        """An evaluation by finance, entrusted to an agency that has declared and asks for a material."""
        self.post("czjixiao", "/tables/{table}/evaluations", {**PLAN, "due_on": late(90)}, keep="evaluation")
        self.post("czjixiao", "/agencies", {"name": "山东示例评价有限公司"}, keep="agency")
        self.ids["member"] = self.post("czjixiao", "/agencies/{agency}/members", {"username": "jigou", "since": "2021-01-01"})["id"]
        terms = {
            "agency": str(self.ids["agency"]),
            "contract_number": "HT-1",
            "contract_on": late(0),
            "fee": "80000.00",
            "scope": "独立评价",
        }
        contract = SimpleUploadedFile("合同.pdf", pdf())
        self.upload("czjixiao", "/evaluations/{evaluation}/engagements", keep="engagement", **terms, file=contract)
        self.post("jigou", "/engagements/{engagement}/declare", {"free": True})
        self.post("jigou", "/evaluations/{evaluation}/materials", {"names": ["立项文件"], "due_on": late(10)}, keep="material")

    def evaluated(self) -> dict[str, Any]:
        """By finance with an agency, from the plan to the acceptance."""
        self.engaged()
        self.upload("jixiao", "/materials/{material}/file", file=SimpleUploadedFile("立项.pdf", pdf()))
        self.post("czjixiao", "/evaluations/{evaluation}/panel", {"username": "jigou"})
        self.post("czjixiao", "/evaluations/{evaluation}/open-marking")
        self.post("jigou", "/evaluations/{evaluation}/declare", {"free": True})
        items = self.get("jigou", "/evaluations/{evaluation}")["items"]
        marks = {item["id"]: {"points": item["full"]} for item in items}
        self.post("jigou", "/evaluations/{evaluation}/marks/hand-in", {"items": marks})
        draft = {"summary": "总体良好", "problems": "预算执行偏慢", "advice": "加快执行"}
        self.upload("jigou", "/evaluations/{evaluation}/report", keep="evaluation_report", **draft)
        self.post("jixiao", "/evaluation-reports/{evaluation_report}/reply", {"agrees": True})
        checks = {line["code"]: True for line in self.get("czjixiao", "/evaluations/{evaluation}")["checks"]}
        self.post("czjixiao", "/evaluation-reports/{evaluation_report}/check", {"lines": checks})
        self.post("czjixiao", "/evaluation-reports/{evaluation_report}/accept", {"opinion": "同意"})
        found: dict[str, Any] = self.get("jixiao", "/evaluations/{evaluation}")
        return found

    def rectified(self) -> dict[str, Any]:
        """What the evaluation found, ordered by finance, done by the bureau, closed by finance."""
        draft = self.get("czjixiao", "/tables/{table}/order-draft", source="evaluation", source_id=self.ids["evaluation"])
        problems = [{"problem": one["problem"], "demand": one["demand"]} for one in draft["problems"]]
        asked = {"table": str(self.ids["table"]), "title": "整改通知", "due_on": late(30), "problems": problems}
        asked |= {"source": "evaluation", "source_id": str(self.ids["evaluation"])}
        self.post("czjixiao", "/orders", asked, keep="order")
        self.ids["item"] = self.get("jixiao", "/orders/{order}")["lines"][0]["id"]
        self.post("jixiao", "/rectification/{item}/measure", {"text": "按月通报", "responsible": "张三"})
        self.upload("jixiao", "/rectification/{item}/progress", text="已通报两次")
        self.upload("jixiao", "/rectification/{item}/report", text="已完成", file=SimpleUploadedFile("完成.pdf", pdf()))
        self.post("czjixiao", "/rectification/{item}/review", {"closes": True, "opinion": "同意销号"})
        found: dict[str, Any] = self.get("jixiao", "/rectification/{item}")
        return found

    def used(self) -> dict[str, Any]:
        """2 000 000 元 asked for, cut to 1 800 000."""
        said = {"table": str(self.ids["table"]), "decision": "cut", "before": "2000000.00", "after": "1800000.00", "reason": "执行偏慢"}
        self.post("czjixiao", "/uses", {**said, "evaluation": str(self.ids["evaluation"])}, keep="use")
        found: dict[str, Any] = self.get("jixiao", "/uses/{use}")["line"]
        return found

    def published(self, *, to: str = "published") -> dict[str, Any]:
        """The final account: every proposal to withhold answered, frozen, reviewed, signed on its digest, published."""
        asked = {"year": 2020, "kind": "final", "approved_on": "2021-08-10", "approval_number": "临财库〔2021〕9号"}
        self.post("jixiao", "/departments/{department}/packages", {**asked, "without": "尚未开展"}, keep="package")
        for one in self.get("jixiao", "/packages/{package}/redactions")["proposals"]:
            said = {name: one[name] for name in ("code", "place", "key")}
            self.post("jixiao", "/packages/{package}/proposals/answer", {**said, "reason": "公开信息"})
        if to == "draft":
            return self.package()
        self.post("jixiao", "/packages/{package}/prepare")
        digest = self.package()["digest"]
        self.post("baomi", "/packages/{package}/review", {"digest": digest, "agree": True, "opinion": "未发现涉密内容"})
        self.post("juzhang", "/packages/{package}/sign", {"digest": digest, "agree": True})
        self.post("jixiao", "/packages/{package}/congress", {"number": "临科函〔2021〕3号", "on": late(0)})
        self.post("jixiao", "/packages/{package}/publish")
        return self.package()

    def under_way(self, *, changed: bool = True) -> dict[str, Any]:
        """Something of everything, as far as steps can still be taken on it. Gives the ids by their names in addresses."""
        self.monitored(close=False)
        self.surveyed()
        self.self_evaluated(changed=changed)
        self.drawn()
        self.post("jixiao", "/self-evaluations/{self_evaluation}/correct", {"reason": "漏计一家"}, keep="self_evaluation")
        row = self.card()["rows"][0]
        self.ids["self_row"] = row["id"]
        traced = self.get("jixiao", "/self-evaluations/{self_evaluation}/rows/{self_row}")
        self.ids["self_file"] = traced["files"][0]["id"]
        self.engaged()
        problem = [{"problem": "进度偏慢", "demand": "加快"}]
        order = {"table": str(self.ids["table"]), "title": "整改通知", "due_on": late(30), "problems": problem}
        self.post("czjixiao", "/orders", order, keep="order")
        self.ids["item"] = self.get("jixiao", "/orders/{order}")["lines"][0]["id"]
        self.upload("jixiao", "/rectification/{item}/progress", text="进展", file=SimpleUploadedFile("进展.pdf", pdf()))
        self.ids["step"] = self.get("jixiao", "/rectification/{item}")["steps"][-1]["id"]
        budget = {"year": 2020, "kind": "budget", "approved_on": "2020-02-10", "approval_number": "临财预〔2020〕1号"}
        self.post("jixiao", "/departments/{department}/packages", budget, keep="package")
        self.ids["paragraph"] = self.get("jixiao", "/packages/{package}/narrative")["paragraphs"][0]["id"]
        shown = self.get("jixiao", "/packages/{package}/redactions")
        place = {"place": shown["choices"][-1]["place"], "ground": shown["grounds"][0]["code"]}
        self.post("jixiao", "/packages/{package}/redactions", place, keep="redaction")
        return {name: str(one) for name, one in self.ids.items()}

    def package(self) -> dict[str, Any]:
        found: dict[str, Any] = self.get("jixiao", "/packages/{package}")
        return found


def late(days: int) -> str:
    """So many days from today."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def good(said: Answer, path: str) -> Any:
    assert said.status == 200, f"{path}: {said}"
    return said.data


def answer_fields(token: str) -> list[str]:
    """The names of the fields on the page of an invitation."""
    import re

    page = Client().get(f"/s/{token}/").content.decode()
    return list(dict.fromkeys(re.findall(r'name="(q[^"]*)"', page)))


def small_scene(organisation: Demonstrated, officer: Viewer, unit: Unit | None = None) -> Scene:
    """8 of 10 firms, 5 complaints where 4 are allowed, 2 of 3 checks, satisfaction by a survey still to come; 190 of 200 万元 spent."""
    found = scene(officer, unit or organisation.units["331001"], LINES)
    found.bind(FIRMS, "flow", categories=("firm",))
    found.bind(COMPLAINTS, "flow", categories=("complaint",))
    found.bind(CHECKS, "coverage", counted_on="due_on", states=("done",), categories=("check",))
    entries(found, 8, "firm")
    entries(found, 5, "complaint")
    for number in range(3):
        done, day = number > 0, date(2020, 5, 1)
        found.ledger.put({"due_on": day, "category": "check", "state": "done" if done else "open", "done_on": day if done else None})
    second = Account.objects.create_user("czjixiao2", "财政绩效科二", None)
    RoleAssignment.objects.create(account=second, role=Role.FINANCE_PERFORMANCE, since=date(2015, 1, 1))
    organisation.accounts["czjixiao2"] = second
    return found
