"""Forms of tasks."""

from __future__ import annotations

from typing import Any

from django import forms

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.tasks.queries import DUE_STEPS, departments_of
from zhiheng_web.wording import Text


class MessageForm(forms.Form):
    """One contribution to a discussion."""

    text = forms.CharField()
    indicator = forms.UUIDField(required=False)


class DeadlineForm(forms.Form):
    """One deadline: a day, or a number of days."""

    department = forms.ModelChoiceField(queryset=None, required=False)
    year = forms.IntegerField(min_value=2000, max_value=2100)
    step = forms.ChoiceField()
    due_on = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    days = forms.IntegerField(required=False, min_value=1, max_value=366)
    working_days = forms.BooleanField(required=False)
    basis = forms.CharField(required=False, max_length=200)

    def __init__(self, viewer: Viewer, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["department"].queryset = departments_of(viewer)
        self.fields["department"].empty_label = str(Text("所有部门", "All departments"))
        self.fields["step"].choices = [(step.code, str(Text(step.zh, step.en))) for step in DUE_STEPS]
        labels = {
            "department": Text("部门", "Department"),
            "year": Text("年度", "Year"),
            "step": Text("环节", "Step"),
            "due_on": Text("截止日期", "Due on"),
            "days": Text("或天数", "or days"),
            "working_days": Text("按工作日计", "Count working days"),
            "basis": Text("依据", "Basis"),
        }
        for name, label in labels.items():
            self.fields[name].label = str(label)
