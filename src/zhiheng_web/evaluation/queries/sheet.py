"""The yearly sheet of a department for its page, its file and for evaluations that take a ratio from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from zhiheng.audit.money import printed
from zhiheng.evaluation.frame import (
    Absence,
    Found,
    Input,
    Practice,
    Scored,
    Unit,
    Value,
    direction_name,
    explain,
    inputs,
    practices,
    ratios,
    score,
    unit_name,
    work_out,
)
from zhiheng.scoring.rounding import Mode, Rounding
from zhiheng_web.evaluation.models import SheetFigure
from zhiheng_web.evaluation.policies.sheet import department_for
from zhiheng_web.evaluation.sheet_known import Known, known_figures
from zhiheng_web.ledgers.models import EvidenceFile
from zhiheng_web.organisation.authority import absent, authorise_menu, may
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.wording import Text

TEN_THOUSAND = Decimal(10_000)
FILE = Text("该文件", "this file")
TWO_PLACES = Rounding(Mode.HALF_UP, 2)
STATES: Mapping[str, Text] = {
    SheetFigure.State.GIVEN: Text("有数", "Given"),
    SheetFigure.State.NOT_APPLICABLE: Text("不适用", "Not applicable"),
    SheetFigure.State.MISSING: Text("未取得", "Not obtained"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One input of the sheet: what stands, what stood before it, last year's, and what the service knows."""

    asked: Input
    figure: SheetFigure | None
    history: Sequence[SheetFigure]
    last: SheetFigure | None
    known: Known | None

    @property
    def name(self) -> Text:
        """What is asked for."""
        return Text(self.asked.zh, self.asked.en)

    @property
    def note(self) -> Text:
        """What belongs to it."""
        return Text(self.asked.note_zh, self.asked.note_en)

    @property
    def unit(self) -> Text:
        """The unit in which the sheet shows it: amounts in 万元."""
        return Text(unit_name(self.asked.unit), unit_name(self.asked.unit, "en"))

    @property
    def differs(self) -> bool:
        """Whether the service knows another figure than stands here."""
        return self.known is not None and self.figure is not None and self.figure.value != self.known.value

    def said(self, figure: SheetFigure | None) -> str:
        """A figure as the sheet shows it, or why there is none; '' where nothing was filled in."""
        if figure is None:
            return ""
        return shown(self.asked, figure.value) if figure.value is not None else str(STATES[figure.state])

    @property
    def now(self) -> str:
        """What stands."""
        return self.said(self.figure)

    @property
    def before(self) -> str:
        """What last year's sheet says."""
        return self.said(self.last)

    @property
    def told(self) -> list[tuple[SheetFigure, str]]:
        """What was replaced, newest first, with its words."""
        return [(row, self.said(row)) for row in self.history]

    @property
    def known_shown(self) -> str:
        """What the service knows, as the sheet shows it."""
        return shown(self.asked, self.known.value) if self.known else ""


@dataclass(frozen=True, slots=True)
class RatioLine:
    """One ratio with its trace, last year's beside it, and its points by a place's practice where one is chosen."""

    found: Found
    last: Found
    scored: Scored | None
    weight: str

    @property
    def name(self) -> Text:
        """What it is called."""
        return Text(self.found.ratio.zh, self.found.ratio.en)

    @property
    def level(self) -> Text:
        """一级指标 and 二级指标."""
        one, two = self.found.ratio.level_1, self.found.ratio.level_2
        return Text(f"{one[0]} · {two[0]}", f"{one[1]} · {two[1]}")

    @property
    def formula(self) -> Text:
        """The formula in words."""
        return Text(self.found.ratio.formula(), self.found.ratio.formula("en"))

    @property
    def direction(self) -> Text:
        """Which way is good."""
        return Text(direction_name(self.found.ratio.direction), direction_name(self.found.ratio.direction, "en"))

    @property
    def words(self) -> Text:
        """The rate, or why there is none."""
        return Text(self.found.words(), self.found.words("en"))

    @property
    def last_words(self) -> Text:
        """Last year's rate, or why there is none."""
        return Text(self.last.words(), self.last.words("en"))

    @property
    def points(self) -> str:
        """Points, half up to two places; '—' where the ratio does not count."""
        if self.scored is None:
            return ""
        return "—" if self.scored.points is None else printed(TWO_PLACES.apply(self.scored.points))

    @property
    def trace(self) -> list[Text]:
        """How it was worked out, step by step."""
        steps = self.scored.steps if self.scored else self.found.steps
        return [Text(zh, en) for zh, en in zip(explain(steps), explain(steps, "en"), strict=True)]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The sheet of a department's year."""

    department: Department
    year: int
    lines: Sequence[Line]
    ratios: Sequence[RatioLine]
    practice: Practice | None
    may_keep: bool

    @property
    def filled(self) -> int:
        """How many figures stand."""
        return sum(line.figure is not None for line in self.lines)


def sheet_page(viewer: Viewer, department: UUID, year: int, practice: str = "") -> SheetPage:
    """The sheet. The same number of queries for any number of figures."""
    authorise_menu(viewer, "evaluation.see_sheet")
    return page_of_sheet(viewer, department_for(viewer, department), year, practice)


def page_of_sheet(viewer: Viewer, home: Department, year: int, practice: str = "") -> SheetPage:
    """The sheet of a department that the viewer may see."""
    rows = list(
        SheetFigure.objects.filter(department=home, year__in=(year, year - 1)).select_related("entered_by", "file").order_by("-entered_at")
    )
    now = {row.code: row for row in rows if row.year == year and row.replaced_by_id is None}
    last = {row.code: row for row in rows if row.year == year - 1 and row.replaced_by_id is None}
    known = known_figures(home.pk, year)
    lines = [
        Line(
            asked, now.get(code), [row for row in rows if row.year == year and row.code == code and row.replaced_by_id], last.get(code),
            known.get(code),
        )
        for code, asked in inputs().items()
    ]  # fmt: skip
    chosen = practices().get(practice)
    found, before = _ratios(now.values()), _ratios(last.values())
    worked = [_ratio(found[code], before[code], chosen) for code in ratios()]
    return SheetPage(home, year, lines, worked, chosen, may(viewer, "evaluation.keep_sheet", Scope(home.pk)))


def ratios_of(department: UUID, year: int) -> Mapping[str, Found]:
    """Every ratio of the frame for a department's year, by code: what an item of an evaluation takes its finding from. One query."""
    return _ratios(SheetFigure.objects.filter(department=department, year=year, replaced_by__isnull=True))


def sheet_rows(page: SheetPage) -> list[list[Any]]:
    """The sheet as rows of a file that can be filled in and read back; the ratios stand below."""
    heads = (
        Text("代码", "Code"), Text("项目", "Figure"), Text("单位", "Unit"), Text("数值", "Value"), Text("状态", "State"),
        Text("数据来源", "Source"), Text("上年", "Last year"), Text("说明", "Note"),
    )  # fmt: skip
    rows: list[list[Any]] = [[str(head) for head in heads]]
    for line in page.lines:
        figure = line.figure
        value = line.now if figure is not None and figure.value is not None else line.known_shown if figure is None else ""
        source = figure.source if figure is not None else line.known.source.zh if line.known else ""
        state = str(STATES[figure.state]) if figure is not None else ""
        cell = Decimal(value.replace(",", "")) if value else ""
        rows.append([line.asked.code, str(line.name), str(line.unit), cell, state, source, line.before, str(line.note)])
    rows.append([])
    rows.append(["", str(Text("比率", "Ratio")), str(Text("公式", "Formula")), str(Text("本年", "This year")), "", "", str(heads[6]), ""])
    rows += [["", str(one.name), str(one.formula), str(one.words), "", "", str(one.last_words), str(one.direction)] for one in page.ratios]
    return rows


def shown(asked: Input, value: Decimal) -> str:
    """A figure as the sheet shows it: 元 as 万元, thousands separated."""
    number = printed(value / TEN_THOUSAND if asked.unit is Unit.YUAN else value)
    whole, _, rest = number.partition(".")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")


def _ratios(figures: Any) -> dict[str, Found]:
    given: dict[str, Value] = {}
    for row in figures:
        absent = Absence.NOT_APPLICABLE if row.state == SheetFigure.State.NOT_APPLICABLE else Absence.MISSING
        given[row.code] = absent if row.value is None else Fraction(row.value)
    return {code: work_out(ratio, given) for code, ratio in ratios().items()}


def _ratio(found: Found, last: Found, practice: Practice | None) -> RatioLine:
    standard = practice.standards.get(found.ratio.code) if practice else None
    return RatioLine(found, last, score(found, standard) if standard else None, printed(Decimal(str(standard.weight))) if standard else "")


def figure_file(viewer: Viewer, department: UUID, year: int, figure: UUID) -> EvidenceFile:
    """The file that proves a figure of the sheet, replaced figures too, for everybody who reads the sheet."""
    authorise_menu(viewer, "evaluation.see_sheet")
    home = department_for(viewer, department)
    row = SheetFigure.objects.select_related("file").filter(pk=figure, department=home, year=year).first()
    if row is None or row.file is None:
        raise absent(FILE)
    return row.file
