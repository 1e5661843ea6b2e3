"""The cells of a row that people see and edit: their names, wordings and kinds. Pages, actions and the API speak these names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from zhiheng_web.wording import Text

Kind = Literal["words", "figure"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column: ``path`` is its name in the library (findings and canonical JSON), ``column`` its name on IndicatorRow.

    A figure has the columns ``{column}_text`` and ``{column}_value``; words have ``column`` itself.
    """

    path: str
    column: str
    kind: Kind
    text: Text


FIELDS: tuple[Field, ...] = (
    Field("name", "name", "words", Text("绩效指标", "Indicator")),
    Field("definition", "definition", "words", Text("指标解释", "Definition")),
    Field("target", "target", "figure", Text("年度指标值", "Target")),
    Field("references.planned", "planned", "figure", Text("五年规划值", "Five-year plan")),
    Field("references.standard", "standard", "figure", Text("标准值", "Standard")),
    Field("references.standard_source", "standard_source", "words", Text("标准值来源", "Source of the standard")),
    Field("references.mean", "mean", "figure", Text("前三年均值", "Three-year mean")),
    Field("references.last_year", "last_year", "figure", Text("上年值(实际完成)", "Last year")),
    Field("references.history_source", "history_source", "words", Text("数据来源", "Source of the data")),
    Field("remark", "remark", "words", Text("备注", "Remark")),
    Field("activity", "activity", "words", Text("工作活动", "Activity")),
    Field("project", "project", "words", Text("预算项目", "Budget project")),
    Field("unit", "unit", "words", Text("计量单位", "Unit")),
    Field("nature", "nature", "words", Text("指标性质", "Nature")),
    Field("weight", "weight", "figure", Text("分值", "Points")),
    Field("rule", "rule", "words", Text("评(扣)分标准", "Scoring rule")),
    Field("actual", "actual", "figure", Text("实际完成值", "Actual")),
    Field("points", "awarded", "figure", Text("得分", "Score")),
    Field("reason", "reason", "words", Text("偏差原因分析及改进措施", "Reason and remedy")),
)
"""In the order of the official form."""
BY_PATH = {field.path: field for field in FIELDS}
WORDS = tuple(field for field in FIELDS if field.kind == "words")
FIGURES = tuple(field for field in FIELDS if field.kind == "figure")
AMOUNTS = ("total", "fiscal", "other", "basic", "project")
"""The five amounts of the head: columns ``{name}_text`` and ``{name}`` (元) on TableVersion."""
