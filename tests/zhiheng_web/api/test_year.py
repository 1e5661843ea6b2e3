"""A whole year by the API alone, from the monitoring round to the public page; what others may not do is refused there too."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from django.test import Client
from tests.zhiheng_web.api.year import FIRMS, Year

from zhiheng_web.evaluation.models import SurveyAnswer, SurveyInvitation, SurveyReply
from zhiheng_web.publication.models import Package
from zhiheng_web.trail.models import TrailRecord

pytestmark = pytest.mark.django_db


def test_a_whole_year_by_programs_alone(year: Year) -> None:
    report = year.monitored()
    assert report["state"] == "submitted"
    assert {row["name"]: row["shown_zh"] for row in report["rows"]}[FIRMS].startswith("8")
    year.surveyed()
    assert year.get("jixiao", "/surveys/{survey}")["line"]["percent"] == "90"
    card = year.self_evaluated()
    points = {row["name"]: row["score"]["points"] for row in card["rows"]}
    computed = {row["name"]: row["computed"]["points"] for row in card["rows"]}
    assert Decimal(computed[FIRMS]) == 32  # 8 of 10 firms, 40 points
    assert Decimal(points[FIRMS]) == 35  # changed by hand
    assert card["state"] == "accepted"
    assert Decimal(card["card"]["total"]) == sum(map(Decimal, points.values())) + Decimal("9.50")  # 190 of 200 万元 spent
    assert Decimal(year.rechecked()["total"]) == Decimal(card["card"]["total"]) - 5
    evaluation = year.evaluated()
    assert (evaluation["state"], Decimal(evaluation["total"])) == ("accepted", Decimal(100))
    assert year.rectified()["line"]["state"] == "closed"
    assert year.used()["change"] == "-200000.00"
    package = year.published()
    assert package["state"] == "published" and {one["digest"] for one in package["decisions"]} == {package["digest"]}
    listed = year.get("czyewu", "/published", year=2020)["items"]
    assert [one["digest"] for one in listed] == [package["digest"]]
    content = year.get("czyewu", "/published/{package}")["content"]
    assert content == year.get("jixiao", "/packages/{package}/content")["content"]
    page = Client().get("/public/").content.decode()
    assert year.scene.table.unit.department.name in page
    links = set(re.findall(r'href="([^"#]+)"', page))
    assert links and not [link for link in links if link.startswith("/") and not link.startswith(("/public/", "/static/"))]
    inside = ("jixiao", "kezhang", *(str(year.ids[name]) for name in ("self_evaluation", "survey", "table", "evaluation")))
    assert [word for word in inside if word in page] == []


FORBIDDEN = [
    ("jingban", "/rounds", {"year": 2020, "name": "x", "first": "2020-01-01", "last": "2020-07-31", "due_on": "2020-08-31"}),
    ("shenji", "/rounds/{round}/close", {}),
    ("kezhang", "/rounds/{round}/close", {}),
    ("jixiao", "/self-evaluations/{self_evaluation}/decide", {"accept": True, "opinion": "同意"}),
    ("jixiao", "/samples", {"year": 2020, "name": "x", "seed": "1", "size": 1}),
    ("czyewu", "/uses", {"table": "{table}", "decision": "keep", "before": "1", "after": "1", "reason": "x"}),
    ("jixiao", "/packages/{package}/review", {"digest": "", "agree": True}),
    ("baomi", "/packages/{package}/sign", {"digest": "", "agree": True}),
    ("czjixiao", "/packages/{package}/prepare", {}),
    ("jigou", "/packages/{package}/publish", {}),
    ("jigou", "/self-evaluations/{self_evaluation}", None),
    ("jigou", "/monitoring-reports/{report}", None),
    ("jigou", "/surveys/{survey}", None),
    ("sysadmin", "/self-evaluations/{self_evaluation}", None),
    ("sysadmin", "/packages/{package}", None),
    ("czjixiao", "/packages/{package}", None),
    ("shenji", "/packages/{package}/review", {"digest": "", "agree": True}),
]


def test_what_is_not_ones_step_is_refused_and_leaves_no_trace(year: Year) -> None:
    """Each by another role: refused as forbidden, or absent for who does not even see it; nothing is recorded of it."""
    year.monitored(close=False)
    year.surveyed()
    year.self_evaluated(accept=False)
    year.ids["package"] = year.post("jixiao", "/departments/{department}/packages", BUDGET)["id"]
    before = dict(TrailRecord.objects.filter(action__startswith="evaluation.").values_list("number", "action"))
    for username, path, sent in FORBIDDEN:
        if path == "/rounds" and sent is not None:
            sent = {**sent, "departments": [str(year.ids["department"])]}
        if sent is not None and "table" in sent:
            sent = {**sent, "table": str(year.ids["table"]), "self_evaluation": str(year.ids["self_evaluation"])}
        said = year(username).get(year.at(path)) if sent is None else year(username).post(year.at(path), sent)
        assert said.status in (403, 404), (username, path, said)
        assert said.data["zh"] and said.data["en"] and said.data["code"], said
    assert dict(TrailRecord.objects.filter(action__startswith="evaluation.").values_list("number", "action")) == before
    assert Package.objects.get(pk=year.ids["package"]).state == "draft"


BUDGET = {"year": 2020, "kind": "budget", "approved_on": "2020-02-10", "approval_number": "临财预〔2020〕1号"}


def test_a_survey_tells_figures_and_never_who_answered(year: Year) -> None:
    tokens = year.surveyed((5, 5, 5, 5, 1))
    said = year("jixiao").get(year.at("/surveys/{survey}"))
    told = json.dumps(said.data, ensure_ascii=False)
    hidden = {
        *tokens,
        *map(str, SurveyInvitation.objects.values_list("pk", flat=True)),
        *SurveyInvitation.objects.values_list("digest", flat=True),
    }
    hidden |= {*map(str, SurveyAnswer.objects.values_list("pk", flat=True)), *map(str, SurveyReply.objects.values_list("pk", flat=True))}
    assert len(hidden) > 15 and not [one for one in hidden if one in told]
    cells = said.data["results"][0]["cells"]
    assert len(cells) == 5 and {cell["number"] for cell in cells} <= {None, 0}  # five answers: one of them could be told apart
    again = year("jixiao").post(year.at("/surveys/{survey}/invitations"), {"number": 1})
    assert again.status == 409


def test_a_fee_is_told_to_those_concerned_only(year: Year) -> None:
    """Contract and fee of an engagement: the page hides them from other readers, and so does the API."""
    year.self_evaluated()
    year.evaluated()
    seen = {
        who: year(who).get(year.at("/evaluations/{evaluation}")).data["engagements"] for who in ("czjixiao", "czyewu", "jingban", "juzhang")
    }
    assert (seen["czjixiao"][0]["fee"], seen["czjixiao"][0]["contract_number"]) == ("80000.00", "HT-1")
    assert (seen["czyewu"][0]["fee"], seen["czyewu"][0]["contract_number"], seen["czyewu"][0]["contract"]) == (None, None, False)
    assert seen["juzhang"][0]["fee"] == "80000.00" and seen["jingban"] == []


def test_another_editor_and_another_digest_are_conflicts(year: Year) -> None:
    """What was looked at is what is decided: another total, another count, another digest is refused with what stands there."""
    year.monitored(close=False)
    row = year.get("jixiao", "/monitoring-reports/{report}")["rows"][0]
    late_edit = year("jixiao").post(f"/monitoring-rows/{row['id']}", {"edits": row["edits"] - 1, "explanation": "另一人"})
    assert (late_edit.status, late_edit.data["current"] is not None) == (409, True)
    year.surveyed()
    year.self_evaluated(accept=False)
    one = "/self-evaluations/{self_evaluation}"
    assert year("czjixiao").post(year.at(f"{one}/decide"), {"accept": True, "opinion": "同意", "seen": "0" * 64}).status == 409
    assert year("jixiao").post(year.at(f"{one}/cells"), {"cells": [{"field": "overview", "base": "", "text": "改"}]}).status == 409
    year.post("jixiao", "/departments/{department}/packages", BUDGET, keep="package")
    for one in year.get("jixiao", "/packages/{package}/redactions")["proposals"]:
        year.post("jixiao", "/packages/{package}/proposals/answer", {**{n: one[n] for n in ("code", "place", "key")}, "reason": "公开"})
    year.post("jixiao", "/packages/{package}/prepare")
    other = {"digest": "0" * 64, "agree": True, "opinion": "未发现"}
    assert year("baomi").post(year.at("/packages/{package}/review"), other).status == 409
    assert year.package()["state"] == "prepared"
