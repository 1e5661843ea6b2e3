"""The form that binds an indicator to a register: it asks what the chosen measure needs, from the columns that the register has."""

from __future__ import annotations

from typing import Any

from django import forms

from zhiheng_web.ledgers.columns import COMMON, Kind
from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.models import Binding
from zhiheng_web.ledgers.packs.bases import Basis, Part
from zhiheng_web.ledgers.packs.checking import common_of
from zhiheng_web.wording import Text

MEASURE_NAMES = {
    "flow": Text("期间数：期间内发生了几个", "Flow: how many happened in the period"),
    "stock": Text("时点数：期末有效的几个", "Stock: how many are valid at its end"),
    "net": Text("净增数：期末比上年末多几个", "Net: how many more than a year's end before"),
    "total": Text("累计量：某一列的合计", "Total: a column added up"),
    "coverage": Text("应办覆盖率：应办的办了多少", "Coverage: how much of what was due is done"),
    "cadence": Text("频次：每周、每月或每季至少几个", "Cadence: so many each week, month or quarter"),
    "external": Text("外部统计：引用发布的统计数据", "External: a published statistic"),
}
ONCE_NAMES = {
    "key": Text("每条记录计一次", "Each entry once"),
    "organisation": Text("每个单位计一次", "Each organisation once"),
    "counterpart": Text("每个对方单位计一次", "Each counterpart once"),
    "person": Text("每人计一次", "Each person once"),
    "topic": Text("每个事项计一次", "Each topic once"),
}
WINDOW_NAMES = {"week": Text("每周", "Each week"), "month": Text("每月", "Each month"), "quarter": Text("每季度", "Each quarter")}
ASKED = {
    "flow": ("counted_on", "once_by", "first_ever"),
    "stock": ("once_by",),
    "net": ("once_by",),
    "total": ("counted_on", "column", "once_by", "scale"),
    "coverage": ("counted_on", "excused", "arrears"),
    "cadence": ("counted_on", "window", "per_window", "longest_gap"),
    "external": ("column", "series", "benchmark"),
}
"""Measure → what it asks for besides states, filters, unit and target."""
FILTERS = (("categories", "category"), ("levels", "level"), ("channels", "channel"), ("topics", "topics"))


class BindingForm(forms.Form):
    """One basis with one part."""

    zh = forms.CharField(label=Text("口径说明", "In words"), max_length=300)
    en = forms.CharField(label=Text("英文说明（可不填）", "In English (may be empty)"), max_length=300, required=False)
    states = forms.MultipleChoiceField(label=Text("计数的状态", "States that count"), widget=forms.CheckboxSelectMultiple)
    counted_on = forms.ChoiceField(label=Text("按哪个日期计入期间", "The date that counts"))
    column = forms.ChoiceField(label=Text("数量列", "The column"))
    once_by = forms.ChoiceField(label=Text("去重", "What counts once"), initial="key")
    first_ever = forms.BooleanField(label=Text("只计首次（以前年度没有的）", "Only the first ever"), required=False)
    scale = forms.DecimalField(label=Text("换算系数（乘以）", "Times"), initial=1, max_digits=19, decimal_places=4)
    window = forms.ChoiceField(label=Text("周期", "Window"), required=False)
    per_window = forms.IntegerField(label=Text("每周期至少几个", "At least so many in each"), min_value=1, max_value=9999, required=False)
    longest_gap = forms.IntegerField(label=Text("或：最长间隔（天）", "Or: longest gap (days)"), min_value=1, max_value=366, required=False)
    excused = forms.MultipleChoiceField(label=Text("不算应办的状态", "States not due"), widget=forms.CheckboxSelectMultiple, required=False)
    arrears = forms.BooleanField(label=Text("上年到期未办的也算应办", "What earlier years left undone is due too"), required=False)
    series = forms.ChoiceField(label=Text("统计指标", "The series"), required=False)
    benchmark = forms.ChoiceField(label=Text("对照的统计指标", "Compared with"), required=False)
    categories = forms.MultipleChoiceField(label=Text("只看类别", "Only categories"), widget=forms.CheckboxSelectMultiple, required=False)
    levels = forms.MultipleChoiceField(label=Text("只看级别", "Only levels"), widget=forms.CheckboxSelectMultiple, required=False)
    channels = forms.MultipleChoiceField(label=Text("只看渠道", "Only channels"), widget=forms.CheckboxSelectMultiple, required=False)
    topics = forms.MultipleChoiceField(label=Text("只看事项", "Only topics"), widget=forms.CheckboxSelectMultiple, required=False)
    unit = forms.CharField(label=Text("计量单位", "Unit"), max_length=30, required=False)

    def __init__(self, definition: RegisterDefinition, measure: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.definition, self.measure = definition, measure
        asked = {"zh", "en", "states", "unit", *ASKED[measure], *(name for name, column in FILTERS if definition.has(column))}
        for name in [name for name in self.fields if name not in asked]:
            del self.fields[name]
        states = [(state.code, state.text) for state in definition.states]
        numbers = common_of(definition, Kind.QUANTITY, Kind.MONEY)
        self._offer("states", states)
        self._offer("excused", states)
        self._offer("counted_on", self._columns(common_of(definition, Kind.DATE)))
        blank = [("", Text("—", "—"))] if measure == "external" else []
        self._offer("column", [*blank, *self._columns(numbers)])
        if measure == "external" and "column" in self.fields:
            self.fields["column"].required = False
        self._offer("once_by", [(name, words) for name, words in ONCE_NAMES.items() if self._can(name)])
        self._offer("window", [("", Text("—", "—")), *WINDOW_NAMES.items()])
        for name in ("series", "benchmark"):
            self._offer(name, [("", Text("—", "—")), *self._choices("category")])
        for name, column in FILTERS:
            self._offer(name, self._choices(column))

    def _offer(self, name: str, choices: list[Any]) -> None:
        if name in self.fields:
            self.fields[name].choices = choices

    def _columns(self, names: tuple[str, ...]) -> list[tuple[str, Text]]:
        return [(name, self.definition.column(name).text) for name in names if not self.definition.column(name).hidden]

    def _choices(self, column: str) -> list[tuple[str, Text]]:
        if not self.definition.has(column):
            return []
        return [(choice.code, Text(choice.zh, choice.en or choice.zh)) for choice in self.definition.column(column).choices]

    def _can(self, once_by: str) -> bool:
        name = {"key": "", "topic": "topics"}.get(once_by, once_by)
        return not name or self.definition.has(name)

    def basis(self) -> Basis:
        """What the form says."""
        data = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        zh = data.pop("zh").strip()
        en = data.pop("en", "").strip() or zh
        named = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
        part = Part(register=self.definition.code, measure=self.measure, **named)  # type: ignore[arg-type] # chosen from ASKED
        return Basis("own", zh, en, parts=(part,))


def summary(part: Binding) -> Text:
    """A binding in one line: what is counted, by which date, once by what."""
    words = MEASURE_NAMES[part.measure]
    zh, en = [words.zh.split("：")[0], part.register.name_zh], [words.en.split(":")[0], part.register.name_en]
    if part.counted_on in COMMON:
        zh.append(f"按{COMMON[part.counted_on].text.zh}")
        en.append(f"by {COMMON[part.counted_on].text.en.lower()}")
    if part.once_by != "key":
        zh.append(ONCE_NAMES[part.once_by].zh)
        en.append(ONCE_NAMES[part.once_by].en.lower())
    return Text(" · ".join(zh), " · ".join(en))
