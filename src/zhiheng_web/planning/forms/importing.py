"""Forms of importing: the upload, and where a previewed table goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from zhiheng_web.organisation.models import Unit
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.planning.queries.importing import PreviewPage
from zhiheng_web.wording import Text

KIND_TEXTS = {
    PerformanceTable.Kind.DEPARTMENT: Text("部门整体", "Whole department"),
    PerformanceTable.Kind.UNIT: Text("单位整体", "Whole unit"),
    PerformanceTable.Kind.PROJECT: Text("项目支出", "Project"),
}


class UploadForm(forms.Form):
    """A file for one of the units whose tables the viewer imports."""

    unit = forms.TypedChoiceField(coerce=UUID)
    file = forms.FileField(allow_empty_file=True)

    def __init__(self, units: Sequence[Unit], data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["unit"].choices = [(str(unit.pk), unit.name) for unit in units]
        self.fields["unit"].error_messages["required"] = str(Text("请选择单位。", "Choose a unit."))
        self.fields["file"].error_messages["required"] = str(Text("请选择要导入的文件。", "Choose the file to import."))


class TargetForm(forms.Form):
    """The unit, kind, year and project of a previewed table, and whether it is history."""

    unit = forms.TypedChoiceField(coerce=UUID)
    kind = forms.ChoiceField(choices=list(KIND_TEXTS.items()))
    year = forms.IntegerField(min_value=2000, max_value=2099, required=False)
    project = forms.TypedChoiceField(coerce=UUID, required=False, empty_value=None)
    history = forms.TypedChoiceField(coerce=lambda value: value == "1", choices=[("0", "0"), ("1", "1")], required=False, empty_value=False)

    def __init__(self, page: PreviewPage, data: Mapping[str, Any] | None = None) -> None:
        row = page.row
        initial = {"unit": str(row.unit_id), "kind": row.kind, "year": row.year, "project": str(row.project_id or "")}
        super().__init__(data, initial={**initial, "history": "1" if row.history else "0"})
        self.fields["unit"].choices = [(str(unit.pk), unit.name) for unit in page.units]
        empty = ("", Text("（请选择项目）", "(choose a project)"))
        self.fields["project"].choices = [empty, *((str(project.pk), f"{project.code} {project.name}") for project in page.projects)]
        wrong = str(Text("年度应是 2000 到 2099 之间的年份。", "The year must be between 2000 and 2099."))
        self.fields["year"].error_messages.update(dict.fromkeys(("invalid", "min_value", "max_value"), wrong))

    @classmethod
    def of(cls, page: PreviewPage, data: Mapping[str, Any] | None = None) -> TargetForm:
        """The form for a page, filled with what was chosen so far."""
        return cls(page, data)
