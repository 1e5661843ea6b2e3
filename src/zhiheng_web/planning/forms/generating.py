"""The form of generating a new year's table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from zhiheng_web.planning.models import TableVersion
from zhiheng_web.wording import Text


class GenerateForm(forms.Form):
    """The version to start from, the new year (the year after it, if not said) and whether tags come along."""

    base = forms.TypedChoiceField(coerce=UUID)
    year = forms.IntegerField(min_value=2000, max_value=2099, required=False)
    tags = forms.BooleanField(required=False)

    def __init__(self, bases: Sequence[TableVersion], data: Any = None) -> None:
        super().__init__(data)
        self.bases = {version.pk: version for version in bases}
        self.fields["base"].choices = [(str(version.pk), str(version.table)) for version in bases]
        self.fields["base"].error_messages = dict.fromkeys(
            ("required", "invalid_choice", "invalid"), str(Text("请从列表中选择上年度的表。", "Choose last year's table from the list."))
        )
        wrong = str(Text("新年度应晚于所选表的年度。", "The new year must be later than the chosen table's."))
        self.fields["year"].error_messages.update(dict.fromkeys(("invalid", "min_value", "max_value"), wrong))
        self.wrong_year = wrong

    def clean(self) -> dict[str, Any]:
        """The year after the base where none is given; an earlier one is refused."""
        data = super().clean() or {}
        base = self.bases.get(data.get("base"))
        if base is not None:
            data["year"] = data.get("year") or base.table.year + 1
            if data["year"] <= base.table.year:
                self.add_error("year", self.wrong_year)
        return data
