"""Forms of the library of indicators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from zhiheng.audit.money import printed
from zhiheng_web.organisation.models import Department
from zhiheng_web.planning.models import LibraryIndicator
from zhiheng_web.planning.weighing import DIRECTIONS
from zhiheng_web.wording import Text

STATUS_TEXTS = {
    LibraryIndicator.Status.OWN: Text("自定", "Our own"),
    LibraryIndicator.Status.UNCHECKED: Text("未核对原文", "Text not checked"),
    LibraryIndicator.Status.CHECKED: Text("已核对原文", "Text checked"),
}
LABELS = {
    "code": Text("编码", "Code"),
    "name": Text("指标名称", "Name"),
    "explanation": Text("指标解释", "Explanation"),
    "formula": Text("计算公式", "Formula"),
    "source": Text("数据来源", "Source of the data"),
    "unit": Text("计量单位", "Unit"),
    "direction": Text("方向", "Direction"),
    "level_1": Text("一级指标", "Level 1"),
    "level_2": Text("二级指标", "Level 2"),
    "usual_points": Text("常用分值", "Usual points"),
    "scoring_rule": Text("评（扣）分标准", "Scoring rule"),
    "basis": Text("依据", "Basis"),
    "status": Text("依据核对情况", "Was the basis checked?"),
}
REQUIRED = Text("请填写此项。", "Fill this in.")
POINTS = Text("常用分值应是 0 到 100 之间的数，最多四位小数。", "Usual points are a number from 0 to 100 with at most four decimals.")


class LibraryForm(forms.ModelForm):
    """One entry of the library."""

    usual_points = forms.DecimalField(required=False, min_value=0, max_value=100, decimal_places=4)

    class Meta:
        model = LibraryIndicator
        fields = tuple(LABELS)
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in ("explanation", "formula", "scoring_rule")}

    def __init__(self, data: Any = None, *, owners: Sequence[Department | None] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        points = self.initial.get("usual_points")
        self.initial["usual_points"] = printed(points) if points is not None else ""
        for name, label in LABELS.items():
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = str(REQUIRED)
        self.fields["direction"].widget = forms.Select(choices=[("", Text("（未定）", "(open)")), *DIRECTIONS.items()])
        self.fields["status"].choices = list(STATUS_TEXTS.items())
        self.fields["usual_points"].error_messages.update(
            dict.fromkeys(("invalid", "min_value", "max_value", "max_decimal_places"), str(POINTS))
        )
        if owners is not None:
            common = Text("全部部门（共性）", "All departments (common)")
            choices = [(str(owner.pk), owner.name) if owner else ("common", common) for owner in owners]
            self.fields["owner"] = forms.ChoiceField(choices=choices, label=Text("归属", "For"))
            self.order_fields(["owner", *LABELS])

    def validate_constraints(self) -> None:
        """The code's uniqueness is answered by the action, in both languages."""
