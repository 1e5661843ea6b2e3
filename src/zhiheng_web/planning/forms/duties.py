"""Forms of handing duties over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from zhiheng_web.organisation.models import Office, Unit
from zhiheng_web.planning.models import DutyHolding
from zhiheng_web.wording import Text


class TransferForm(forms.Form):
    """To whom, from which day, by which document: ``units`` are those to which the viewer may hand a duty over.

    A duty that no office has had yet (its table has just come in) is offered from the day on which its unit began to hold it.
    """

    unit = forms.ModelChoiceField(queryset=None, label=Text("承担单位", "Unit"))
    office = forms.ModelChoiceField(queryset=None, required=False, label=Text("承担科室", "Office"))
    since = forms.DateField(
        label=Text("自何日起", "From"), initial=timezone.localdate, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    document = forms.CharField(label=Text("依据文件", "Document"), max_length=200, required=False)

    def __init__(self, units: QuerySet[Unit], holding: DutyHolding, *args: Any, **options: Any) -> None:
        first = {"since": holding.since} if holding.office_id is None else {}
        super().__init__(*args, initial={"unit": holding.unit_id, **first}, **options)
        self.fields["unit"].queryset = units.select_related("department")
        self.fields["unit"].empty_label = None
        self.fields["unit"].label_from_instance = lambda unit: f"{unit.department.name} · {unit.name}"
        self.fields["office"].queryset = Office.objects.filter(closed_on=None, unit__in=units).select_related("unit")
        self.fields["office"].empty_label = str(Text("整个单位", "The whole unit"))
        self.fields["office"].label_from_instance = lambda office: f"{office.unit.name} · {office.name}"


class MergeForm(forms.Form):
    """Into which office, from which day, by which document."""

    into = forms.ModelChoiceField(queryset=None, label=Text("并入", "Into"))
    since = forms.DateField(
        label=Text("自何日起", "From"), initial=timezone.localdate, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    document = forms.CharField(label=Text("依据文件", "Document"), max_length=200, required=False)

    def __init__(self, office: Office, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].queryset = Office.objects.filter(unit=office.unit_id, closed_on=None).exclude(pk=office.pk)
