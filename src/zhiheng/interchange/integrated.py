"""Goals and indicators of a table in the columns of 预算管理一体化, with what would be refused and what has no place there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from importlib import resources

from zhiheng.audit.money import printed
from zhiheng.interchange.codes import Codes, Column, Target, target
from zhiheng.interchange.values import Split, coded, split
from zhiheng.plan.plan import Indicator, Plan
from zhiheng.values.value import Missing

ORDINALS = ("一", "二", "三")


@dataclass(frozen=True, slots=True)
class Tags:
    """What the table itself may lack and the department has set: level names, points, scoring rule, direction.

    ``id`` is the key of the row there; '' gives it its number in the table.
    """

    id: str = ""
    level_1: str = ""
    level_2: str = ""
    level_3_code: str = ""
    points: Decimal | None = None
    rule: str = ""
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """Who sends what: the codes of the place, the vendor's code table, and how its database counts lengths.

    ``codes`` is a key of integrated.toml. ``at`` is the time as 17 digits, '' to leave it blank. ``level_codes`` adds codes of
    a local library by level name.
    """

    division: str = ""
    department: str = ""
    project: str = ""
    project_name: str = ""
    agency: str = ""
    agency_name: str = ""
    goal_id: str = ""
    codes: str = "sign"
    encoding: str = "utf-8"
    at: str = ""
    version: str = ""
    version_name: str = ""
    business_type: str = ""
    level_codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Issue:
    """Something to see to before sending. ``row`` is the indicator's position from 0, None for the goal."""

    code: str
    severity: str
    row: int | None
    column: str
    parameters: tuple[tuple[str, str], ...] = ()

    def text(self, language: str = "zh") -> str:
        """The issue in words, ``zh`` or ``en``."""
        return issue_texts()[self.code][language].format(**dict(self.parameters))

    @property
    def english(self) -> str:
        """The issue in English."""
        return self.text("en")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something the table says for which that system has no place."""

    row: int | None
    what: str
    what_en: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table there: its name, columns and rows of texts."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Package:
    """What goes out, with its issues and what is left out."""

    goal: Sheet
    indicators: Sheet
    issues: tuple[Issue, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing would be refused."""
        return all(issue.severity != "error" for issue in self.issues)


@cache
def issue_texts() -> Mapping[str, Mapping[str, str]]:
    """All issues with severity and wording."""
    return tomllib.loads(resources.files(__package__).joinpath("issues.toml").read_text("utf-8"))


def export(plan: Plan, setting: Setting, tags: Sequence[Tags] = ()) -> Package:
    """``plan`` for the integrated system. ``tags`` by row, in its order; rows without get none. KeyError for unknown ``codes``."""
    system = target()
    codes = system.codes[setting.codes]
    kind = "project" if plan.project is not None else "department"
    issues: list[Issue] = []
    goal_columns = tuple(column for column in system.goal if column.only in ("", kind))
    columns = tuple(c for c in system.indicator if c.only in ("", kind) and c.only_codes in ("", codes.key))
    goal = {**_common(plan, setting), **_goal(plan, setting)}
    goal_row = tuple(goal.get(column.name, "") for column in goal_columns)
    issues.extend(checked(goal_columns, goal_row, None, setting))
    rows = []
    known = [*tags, *(Tags() for _ in range(len(plan.indicators) - len(tags)))]
    for position, row in enumerate(plan.indicators):
        for index, found in enumerate(split(row.target)):
            cells, said = _indicator(plan, row, position, found, known[position], setting, system, codes)
            cells["KPI_ID"] = cells["KPI_ID"] if index == 0 else f"{cells['KPI_ID'][:36]}-{index}"
            texts = tuple(cells.get(column.name, "") for column in columns)
            rows.append(texts)
            issues.extend(replace(one, row=position) for one in said)
            issues.extend(checked(columns, texts, position, setting))
    names = system.tables[kind]
    left = (*left_out(plan), *_tagless(plan, known))
    return Package(Sheet(names[0], goal_columns, (goal_row,)), Sheet(names[1], columns, tuple(rows)), tuple(dict.fromkeys(issues)), left)


def _common(plan: Plan, setting: Setting) -> dict[str, str]:
    return {
        "MOF_DIV_CODE": setting.division,
        "FISCAL_YEAR": str(plan.year or ""),
        "DEPT_CODE": setting.department,
        "PRO_CODE": setting.project,
        "BUSI_TYPE": setting.business_type,
        "VERSION": setting.version,
        "VERSION_NAME": setting.version_name,
        "CREATE_TIME": setting.at,
        "UPDATE_TIME": setting.at,
        "IS_DELETED": "2",
    }


def _goal(plan: Plan, setting: Setting) -> dict[str, str]:
    goal = plan.strategic_goal.text if plan.strategic_goal is not None else ""
    return {
        "KPI_DEP_ID": setting.goal_id,
        "KPI_PER_ID": setting.goal_id,
        "PRO_NAME": setting.project_name or (plan.project.text if plan.project else ""),
        "AGENCY_CODE": setting.agency,
        "AGENCY_NAME": setting.agency_name or (plan.unit.text if plan.unit else ""),
        "KPI_TARGET": goal or "\n".join(one.expected.text for one in plan.goals),
    }


def _indicator(
    plan: Plan, row: Indicator, position: int, found: Split, tags: Tags, setting: Setting, system: Target, codes: Codes
) -> tuple[dict[str, str], list[Issue]]:
    """The cells of one row there by column name, and what is to be said of them."""
    text = row.target.text if row.target is not None else ""
    issues = [issue(code, "KPI_VAL", text=text) for code in found.issues]
    sign, value = coded(found, codes)
    number = bool(found.sign)
    if not number and not found.not_applicable:
        issues += [issue("forbidden", "INDEXVAL", text=value, sign=mark) for mark in codes.forbidden if mark in value]
    levels, said = _levels(row, tags, setting, system)
    points = _points(row, tags, issues)
    nature = "reverse" if tags.reverse or found.sign in ("≤", "<") else "positive"
    cells = {
        **_common(plan, setting),
        **levels,
        "KPI_ID": tags.id or str(position + 1),
        "LV3_PERF_IND_NAME": row.name.text,
        "KPI_CONTENT": _content(plan, row),
        "KPI_EVALSTD": (row.rule.text if row.rule is not None and row.rule.text else "") or tags.rule,
        "KPI_VAL": value if found.not_applicable else found.joined(),
        "COMPUTESIGN": sign,
        "INDEXVAL": value,
        "METERUNIT": found.unit,
        "NATURE": codes.natures.get(nature if number else "qualitative", ""),
        "WEIGHT": points,
        "KPI_REMARK": row.remark.text if row.remark is not None else "",
    }
    return cells, [*issues, *said]


def issue(code: str, field_name: str, /, **parameters: str) -> Issue:
    """An issue of a column, by its code in issues.toml."""
    return Issue(code, str(issue_texts()[code]["severity"]), None, field_name, tuple(parameters.items()))


def _content(plan: Plan, row: Indicator) -> str:
    """指标解释 under its 部门职责, for which that system has no column."""
    duty = next((duty.name.text for duty in plan.duties if duty.number == row.duty), "") if row.duty is not None else ""
    explained = row.definition.text if row.definition is not None else ""
    return f"【部门职责：{duty}】{explained}" if duty else explained


def _levels(row: Indicator, tags: Tags, setting: Setting, system: Target) -> tuple[dict[str, str], list[Issue]]:
    """Names and codes of the levels: as tagged, else as published, else the placeholders that such systems use."""
    issues: list[Issue] = []
    names = [tags.level_1 or (row.category[0] if row.category else ""), tags.level_2 or (row.category[1] if len(row.category) > 1 else "")]
    known = {**system.level_codes, **setting.level_codes}
    codes = [known.get(name, "") for name in names]
    if not all(names):
        issues.append(issue("level_placeholder", "LV1_PERF_IND_CODE"))
    for level in (0, 1):
        if not names[level]:
            names[level], codes[level] = system.placeholder_names[level], system.placeholder_codes[level]
        elif not codes[level]:
            issues.append(issue("level_code", f"LV{level + 1}_PERF_IND_CODE", text=names[level]))
    third = tags.level_3_code or system.placeholder_codes[2]
    cells = {"LV3_PERF_IND_CODE": third}
    for level in (0, 1):
        cells |= {f"LV{level + 1}_PERF_IND_NAME": names[level], f"LV{level + 1}_PERF_IND_CODE": codes[level]}
    return cells, issues


def _points(row: Indicator, tags: Tags, issues: list[Issue]) -> str:
    """分值 as tagged, else as published: at most 999.99."""
    if tags.points is None:
        return row.weight.text.removesuffix("分") if row.weight is not None else ""
    if abs(tags.points) >= 1000 or tags.points != tags.points.quantize(Decimal("0.01")):
        issues.append(issue("weight_digits", "WEIGHT", text=printed(tags.points), limit="N(5,2)"))
    return printed(tags.points)


def checked(columns: Sequence[Column], texts: Sequence[str], row: int | None, setting: Setting) -> Iterator[Issue]:
    """Fields that must be filled, and lengths in characters, in bytes and on the entry screen."""
    for column, text in zip(columns, texts, strict=True):
        size, length = len(text.encode(setting.encoding, "replace")), len(text)
        shown = f"{column.zh} {column.name}"
        if column.required and not text:
            yield replace(issue("required", column.name, column=shown), row=row)
        elif column.length and length > column.length:
            yield replace(issue("too_long", column.name, column=shown, length=str(length), limit=str(column.length)), row=row)
        elif column.length and size > column.length:
            counted = {"length": str(length), "bytes": str(size), "limit": str(column.length), "encoding": setting.encoding.upper()}
            yield replace(issue("too_many_bytes", column.name, column=shown, **counted), row=row)
        if column.screen and length > column.screen:
            yield replace(issue("screen", column.name, column=shown, length=str(length), limit=str(column.screen)), row=row)


ROW_FIELDS = (
    ("references.planned", "五年规划值", "Five-year plan value"),
    ("references.standard", "标准值", "Standard"),
    ("references.standard_source", "标准值来源", "Source of the standard"),
    ("references.mean", "前三年均值", "Three-year mean"),
    ("references.last_year", "上年值(实际完成)", "Last year's actual"),
    ("references.history_source", "数据来源", "Source of the data"),
    ("activity", "工作活动", "Activity"),
    ("project", "预算项目", "Budget project"),
    ("actual", "实际完成值", "Actual"),
    ("points", "得分", "Score"),
    ("reason", "偏差原因", "Reason of a deviation"),
)
AMOUNTS = (
    ("total", "预算总额", "Total"),
    ("fiscal", "财政拨款", "Fiscal appropriation"),
    ("other", "其他资金", "Other money"),
    ("basic", "基本支出", "Basic expenditure"),
    ("project", "项目支出", "Project expenditure"),
)


def left_out(plan: Plan) -> tuple[LeftOut, ...]:
    """Everything the table says for which the goal and indicator tables there have no column."""
    found = [
        LeftOut(None, f"{zh}（{plan.budget.unit or '未注明单位'}）", en, figure.text)
        for name, zh, en in AMOUNTS
        if (figure := getattr(plan.budget, name)) is not None and not isinstance(figure.reading.value, Missing)
    ]
    found += [LeftOut(None, fund.name.text, "Fund", fund.budget.text) for fund in plan.budget.funds if fund.budget is not None]
    found += [
        LeftOut(None, f"职责目标：{duty.name.text}", "Duty objective", duty.objective.text)
        for duty in plan.duties
        if duty.objective is not None and duty.objective.text
    ]
    if plan.strategic_goal is not None and plan.strategic_goal.text:
        found += [LeftOut(None, "年度总体目标", "Annual goal", goal.expected.text) for goal in plan.goals]
    found += [LeftOut(None, label.text, "Note", text.text) for label, text in plan.notes]
    for position, row in enumerate(plan.indicators):
        for path, zh, en in ROW_FIELDS:
            owner, _, name = path.rpartition(".")
            published = getattr(row.references if owner else row, name)
            if published is not None and published.text:
                found.append(LeftOut(position, zh, en, published.text))
        found += [LeftOut(position, f"{grade}的标准", "Graded target", figure.text) for grade, figure in row.grades if figure.text]
    return tuple(found)


def _tagless(plan: Plan, tags: Sequence[Tags]) -> tuple[LeftOut, ...]:
    """Published words that a tag replaced in the columns."""
    return tuple(
        LeftOut(position, "表列指标类别", "Category as published", "/".join(row.category))
        for position, (row, tag) in enumerate(zip(plan.indicators, tags, strict=True))
        if row.category and tag.level_1 and row.category[0] != tag.level_1
    )
