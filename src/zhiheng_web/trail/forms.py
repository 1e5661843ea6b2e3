"""The filter of the trail."""

from __future__ import annotations

from typing import Any

from django import forms

from zhiheng_web.trail.queries import actions_named
from zhiheng_web.wording import Text


class FilterForm(forms.Form):
    """Who, what, on which object, when. Everything may be empty."""

    person = forms.CharField(required=False, max_length=50, label=Text("人员", "Person"))
    action = forms.ChoiceField(required=False, label=Text("操作", "Action"))
    words = forms.CharField(required=False, max_length=100, label=Text("对象", "Object"))
    first = forms.DateField(required=False, label=Text("自", "From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    last = forms.DateField(required=False, label=Text("至", "To"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["action"].choices = [("", Text("所有操作", "All actions")), *actions_named()]
