"""Whatever stands in a table, every rule answers, in both languages, and in time."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.plans import plan_of

from zhiheng.audit.catalogue import RULES, rule
from zhiheng.audit.engine import audit
from zhiheng.audit.rule import message
from zhiheng.parameters.parameters import in_force

PARAMETERS = in_force(date(2022, 12, 31))

VALUES = """60家|8个|≥95%|≤5%|34.6%以上|20万平方米|0|0起|/|—|无|XX%|N家||  |应审尽审|全覆盖|完成|优|满意|有效提升
2周/次|每月8篇|建立4项|12月底前|2021年12月31日前
较上年提高5个百分点|达到全省平均水平|比上年下降|3-5家|1:3|前5名|290%|-5%|120%|组织对接次数/对接企业数10|1部宣传片,2套方案
6月份完成;9月份完成|2022年9月至2022年3月
待统计发布|未组织|不适用|按月安排|200万|5364万元|7140000元|1|0.95|10.00|100|{name}|{0}|%s|★≥**人|内部统计|新增|重点工作|《2019年工作要点》|“十三五”末
达成预期指标|酌情扣分
安全事故起数|高新技术企业认定数量|服务对象满意度|科技特派员|项目验收合格率|2022年度""".replace("\n", "|").split("|")

TEXT = st.one_of(st.sampled_from(VALUES), st.text(max_size=12), st.lists(st.sampled_from(VALUES), max_size=3).map("，".join))
REFERENCES = ("planned", "standard", "standard_source", "mean", "last_year", "history_source")
FIELDS = ("definition", "target", "actual", "weight", "points", "reason", "remark", "activity", "project", "rule", "nature", "unit")
AMOUNTS = ("initial", "budget", "executed", "points", "rate", "score")


def some(keys: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    return st.lists(st.sampled_from(keys), unique=True).flatmap(lambda chosen: st.fixed_dictionaries(dict.fromkeys(chosen, TEXT)))


def row() -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda name, duty, category, fields, references, grades: {
            "name": name,
            "duty": duty,
            "category": category,
            **fields,
            "references": references,
            "grades": grades,
        },
        TEXT,
        st.sampled_from(["", "1", "2", "4"]),
        st.lists(st.sampled_from(["产出指标", "数量指标", "成本指标", "时效指标", "满意度指标", "效益指标"]), max_size=2),
        some(FIELDS),
        some(REFERENCES),
        some(("优", "良", "中", "差")),
    )


TABLES = st.fixed_dictionaries(
    {
        "layout": st.sampled_from(["duty-table", "goal-declaration", "self-evaluation", "graded-goals"]),
        "indicators": st.lists(row(), max_size=4),
        "duties": st.lists(st.builds(lambda n, t: {"number": str(n), "name": t, "objective": t}, st.integers(0, 4), TEXT), max_size=3),
        "goals": st.lists(st.builds(lambda e, a: {"expected": e, "actual": a}, TEXT, TEXT), max_size=2),
        "budget": st.builds(
            lambda unit, head, funds: {"unit": unit, **head, "funds": funds},
            st.sampled_from(["", "万元", "元"]),
            some(("total", "fiscal", "other", "basic", "project")),
            st.lists(
                st.builds(lambda n, a: {"name": n, **a}, st.sampled_from(["年度资金总额", "其中：财政拨款", "其他"]), some(AMOUNTS)),
                max_size=3,
            ),
        ),
        "labels": some(("planned", "standard", "mean", "last_year")),
    },
    optional={
        "year": st.integers(2015, 2026),
        "project": TEXT,
        "strategic_goal": TEXT,
        "notes": st.dictionaries(st.sampled_from(["项目起止时间", "备注"]), TEXT),
        "total_weight": TEXT,
        "total_points": TEXT,
        "grade": TEXT,
    },
)


@given(TABLES)
def test_every_rule_answers(data: dict[str, Any]) -> None:
    result = audit(plan_of(data), PARAMETERS)
    assert result.failed == ()
    for found in result.findings:
        for language in ("zh", "en"):
            assert message(rule(found.code), found, language).strip()
        assert found.place.row is not None


@given(TABLES)
def test_the_same_table_gives_the_same_findings(data: dict[str, Any]) -> None:
    table = plan_of(data)
    assert audit(table, PARAMETERS) == audit(table, PARAMETERS)


def test_long_cells_take_no_longer_than_their_length() -> None:
    """Texts made to lead patterns astray; quadratic work on them would take minutes."""
    size = 10_000
    rules = [known for known in RULES if known.code[0] in "HCMT"]
    for text in (
        "1" * size,
        " " * size + "x",
        "《" * size,
        "*" * size,
        "事故" + "数量" * size + "x",
        "-" * size,
        "2022年" * size,
        "、1" * size,
    ):
        data = {
            "year": 2022,
            "strategic_goal": text,
            "goals": [{"expected": text, "actual": text}],
            "duties": [{"number": "1", "name": text, "objective": text}],
            "indicators": [{"name": text, "duty": "1", "definition": text, "rule": text, "remark": text, "target": "60家"}],
        }
        table = plan_of(data)
        for known in rules:
            start = time.process_time()
            audit(table, PARAMETERS, rules=(known,))
            assert time.process_time() - start < 1, f"{known.code} on {text[:8]!r}…"
