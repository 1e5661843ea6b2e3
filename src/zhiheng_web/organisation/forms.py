"""Forms of the organisation. Labels are in both languages; what an action refuses comes back beside the field it is about."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from zhiheng.plan.procedure import ROLE_NAMES, Role
from zhiheng_web.organisation.models import Account, Department, Office, ReportingUnit, RoleAssignment, Unit
from zhiheng_web.organisation.policies import visible_departments
from zhiheng_web.organisation.queries.roles import in_force
from zhiheng_web.organisation.tokens import LONGEST_DAYS, SCOPES
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text


def refuse(form: forms.Form, refusal: Refusal) -> None:
    """Put what the action answered beside the fields it names, else above the form."""
    named = {name: text for name, text in refusal.fields.items() if name in form.fields}
    for name, text in named.items():
        form.add_error(name, str(text))
    if not named:
        form.add_error(None, str(refusal.text))


def words(zh: str, en: str, length: int = 100, **options: Any) -> forms.CharField:
    """A line of text."""
    return forms.CharField(label=Text(zh, en), max_length=length, **options)


def secret(zh: str, en: str, complete: str, **options: Any) -> forms.CharField:
    """A password. ``complete`` tells the browser which one."""
    widget = forms.PasswordInput(attrs={"autocomplete": complete})
    return forms.CharField(label=Text(zh, en), max_length=128, strip=False, widget=widget, **options)


def day(zh: str, en: str, **options: Any) -> forms.DateField:
    """A date."""
    return forms.DateField(label=Text(zh, en), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


class SignInForm(forms.Form):
    """User name and password."""

    username = words("用户名", "User name", 150, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}))
    password = secret("密码", "Password", "current-password")


class CodeForm(forms.Form):
    """A one-time code, or a recovery code."""

    code = words(
        "动态口令或恢复码",
        "One-time code or recovery code",
        30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def clean_code(self) -> str:
        """Without the blanks that people type."""
        return "".join(self.cleaned_data["code"].split())


class EnrolForm(forms.Form):
    """The first code of a new device. Its secret stands in the session, never in the form."""

    code = words(
        "手机上显示的 6 位动态口令",
        "The 6 digits your phone shows",
        12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """Without the blanks that people type."""
        return "".join(self.cleaned_data["code"].split())


class PasswordForm(forms.Form):
    """A new password, twice."""

    present = secret("原密码", "Present password", "current-password")
    new = secret("新密码", "New password", "new-password")
    again = secret("再输一次新密码", "New password again", "new-password")

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        data = super().clean()
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", str(Text("两次输入的新密码不同。", "The two do not match.")))
        return data


class ConfirmForm(forms.Form):
    """One's own password, before something that matters."""

    password = secret("请输入密码确认", "Your password, to confirm", "current-password")


class TokenForm(forms.Form):
    """A new token."""

    name = words("用途", "What it is for", 50)
    scopes = forms.MultipleChoiceField(label=Text("权限范围", "Scopes"), widget=forms.CheckboxSelectMultiple, choices=list(SCOPES.items()))
    days = forms.IntegerField(label=Text("有效天数", "Days it lasts"), min_value=1, max_value=LONGEST_DAYS, initial=90)


class AccountForm(forms.Form):
    """A new account."""

    username = forms.RegexField(
        regex=r"^[A-Za-z0-9@._-]+$",
        label=Text("用户名", "User name"),
        max_length=150,
        help_text=Text("字母、数字和 @ . _ -；建立后不能更改。", "Letters, digits and @ . _ -; it cannot be changed later."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = words("姓名", "Name", 50)
    email = forms.EmailField(label=Text("邮箱", "E-mail"), required=False)
    mobile = words("手机", "Mobile", 20, required=False)


class AccountEditForm(forms.Form):
    """An account's words."""

    name = words("姓名", "Name", 50)
    email = forms.EmailField(label=Text("邮箱", "E-mail"), required=False)
    mobile = words("手机", "Mobile", 20, required=False)


class LeaveForm(forms.Form):
    """The day somebody left."""

    left_on = day("离任日期", "Left on", initial=timezone.localdate)


def last_day_to_until(last: date | None) -> date | None:
    """People give the last day; assignments keep the day after."""
    return None if last is None else last + timedelta(days=1)


class RoleForm(forms.Form):
    """A role, where it holds, from when to when."""

    role = forms.ChoiceField(label=Text("角色", "Role"))
    department = forms.ModelChoiceField(queryset=None, required=False, label=Text("部门", "Department"))
    unit = forms.ModelChoiceField(queryset=None, required=False, label=Text("单位", "Unit"))
    office = forms.ModelChoiceField(queryset=None, required=False, label=Text("科室", "Office"))
    reporter = forms.ModelChoiceField(queryset=None, required=False, label=Text("填报单位", "Reporting unit"))
    since = day("开始日期", "From", initial=timezone.localdate)
    last = day("最后一天（可不填）", "Last day (may be empty)", required=False)

    def __init__(self, viewer: Viewer, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        departments = visible_departments(viewer)
        self.fields["role"].choices = [(role.value, Text(*names)) for role, names in ROLE_NAMES.items()]
        self.fields["department"].queryset = departments
        self.fields["department"].empty_label = str(Text("全部（不限）", "Everything"))
        self.fields["unit"].queryset = Unit.objects.filter(department__in=departments).select_related("department")
        self.fields["unit"].empty_label = str(Text("整个部门", "The whole department"))
        self.fields["office"].queryset = Office.objects.filter(unit__department__in=departments, closed_on=None).select_related("unit")
        self.fields["office"].empty_label = str(Text("整个单位", "The whole unit"))
        self.fields["reporter"].queryset = ReportingUnit.objects.filter(department__in=departments, closed_on=None)
        self.fields["reporter"].empty_label = str(Text("—（仅“填报单位”角色选）", "— (only for the role of a reporting unit)"))
        self.fields["office"].label_from_instance = lambda office: f"{office.unit.name} · {office.name}"

    def clean(self) -> dict[str, Any]:
        """The narrower bound lies within the wider."""
        data = super().clean()
        unit, office, department = data.get("unit"), data.get("office"), data.get("department")
        if office is not None and unit is not None and office.unit_id != unit.pk:
            self.add_error("office", str(Text("该科室不属于所选单位。", "The office is not of that unit.")))
        inner = office.unit if office is not None else unit
        if inner is not None and department is not None and inner.department_id != department.pk:
            self.add_error("department", str(Text("所选单位不属于该部门。", "The unit is not of that department.")))
        return data

    def assignment(self) -> dict[str, Any]:
        """The arguments of the action."""
        data = self.cleaned_data
        names = ("department", "unit", "office", "reporter")
        return {
            "role": Role(data["role"]),
            "since": data["since"],
            "until": last_day_to_until(data["last"]),
            **{name: data[name] for name in names},
        }


class EndRoleForm(forms.Form):
    """The last day of a role."""

    last = day("最后一天", "Last day", initial=lambda: timezone.localdate() - timedelta(days=1))


class DelegateForm(forms.Form):
    """Which of my roles, to whom, how long."""

    assignment = forms.ModelChoiceField(queryset=None, label=Text("委托哪项角色", "Which role"))
    username = words("代理人用户名", "The substitute's user name", 150)
    since = day("开始日期", "From", initial=timezone.localdate)
    last = day("最后一天", "Last day")

    def __init__(self, account: Account, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = in_force(RoleAssignment.objects.filter(account=account, delegated_by=None)).select_related(
            "department", "unit", "office__unit", "reporter"
        )
        self.fields["assignment"].queryset = rows
        self.fields["assignment"].label_from_instance = named_assignment


def named_assignment(row: RoleAssignment) -> str:
    """A role with where it holds, in the reader's language."""
    where = row.reporter or row.office or row.unit or row.department or Text("全部", "everything")
    return f"{Text(*ROLE_NAMES[Role(row.role)])} · {where}"


class DepartmentForm(forms.Form):
    """A new department."""

    code = words("部门编码", "Code", 21)
    name = words("名称", "Name")
    kind = forms.ChoiceField(
        label=Text("类别", "Kind"),
        choices=[(Department.Kind.DEPARTMENT, Text("预算部门", "Department")), (Department.Kind.FINANCE, Text("财政部门", "Finance"))],
    )
    division_code = words("行政区划代码", "Division code", 9, required=False)


class DepartmentEditForm(forms.Form):
    """A department's words."""

    name = words("名称", "Name")
    division_code = words("行政区划代码", "Division code", 9, required=False)


class CodeNameForm(forms.Form):
    """A new unit or office."""

    code = words("编码", "Code", 21)
    name = words("名称", "Name")


class NameForm(forms.Form):
    """A new name."""

    name = words("名称", "Name")


class ReportingUnitForm(forms.Form):
    """A county bureau or an outside unit."""

    name = words("名称", "Name")
    kind = forms.ChoiceField(
        label=Text("类别", "Kind"),
        choices=[
            (ReportingUnit.Kind.COUNTY, Text("县区主管部门", "County bureau")),
            (ReportingUnit.Kind.OUTSIDE, Text("外部单位", "Outside unit")),
        ],
    )
    division_code = words("行政区划代码（六位）", "Division code (six digits)", 6, required=False)
    uscc = words("统一社会信用代码（外部单位）", "Unified social credit code (outside unit)", 18, required=False)


class CloseReportingUnitForm(forms.Form):
    """The day from which a reporting unit enters nothing more."""

    closed_on = day("自何日起停用", "Closed from", initial=timezone.localdate)


class RenameForm(forms.Form):
    """A new name from a day on."""

    name = words("新名称", "New name")
    since = day("自何日起", "From", initial=timezone.localdate)


class CloseForm(forms.Form):
    """The day from which an office is no more."""

    closed_on = day("自何日起撤销", "Closed from", initial=timezone.localdate)


class CalendarDayForm(forms.Form):
    """One day of the calendar."""

    on = day("日期", "Day")
    working = forms.ChoiceField(
        label=Text("安排", "Arrangement"),
        choices=[
            ("off", Text("休息", "Off")),
            ("on", Text("上班", "Worked")),
            ("week", Text("按星期（取消安排）", "As the week says (take off the calendar)")),
        ],
    )
    name = words("名称", "Name", 50, required=False)
    source = words("依据", "Basis", 200, required=False)
