"""Forms that declare a register: its name, its columns one a line, its states, its evidence. What is left out takes the usual."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms

from zhiheng.plan.procedure import Role
from zhiheng_web.ledgers.columns import COMMON, VISIBILITY_NAMES, Kind, Visibility
from zhiheng_web.ledgers.definition import Choice, Column, EvidenceKind, Move, RegisterDefinition, State
from zhiheng_web.ledgers.packs.checking import CHOSEN_KINDS
from zhiheng_web.ledgers.packs.guessing import Guess
from zhiheng_web.wording import Text

KIND_NAMES = {
    Kind.WORD: Text("短文字", "Words"),
    Kind.TEXT: Text("长文字", "Long text"),
    Kind.CHOICE: Text("选项", "Choice"),
    Kind.DATE: Text("日期", "Date"),
    Kind.QUANTITY: Text("数量", "Quantity"),
    Kind.MONEY: Text("金额（元）", "Amount (yuan)"),
    Kind.YEAR: Text("年度", "Year"),
    Kind.YES_NO: Text("是/否", "Yes/no"),
}
NOT_OFFERED = frozenset({"about", "topics", "office"})
"""Common columns that only a pack uses: they need another register or a list of items."""
MOVERS = (Role.FILLER, Role.SECTION_HEAD)
ONE_OF_A_KIND = Text(
    "这一内容已有另一列。可统计的列每种只有一列，请改选“只作记录的列”中的一种。",
    "Another column holds this already. Choose one of those that are kept only.",
)
RECORDED = State("recorded", "已登记", "Recorded", final=True)
MORE = 6
SPLIT = re.compile(r"[、,，;；\n]+")


def kinds() -> list[tuple[Any, list[tuple[str, Text]]]]:
    """What a column may be: one that can be counted, filtered or summed, or one that is only kept."""
    common = [(name, one.text) for name, one in COMMON.items() if name not in NOT_OFFERED]
    own = [(f":{kind.value}", name) for kind, name in KIND_NAMES.items()]
    return [
        (Text("可统计、可筛选的列", "Can be counted, filtered, summed"), common),
        (Text("只作记录的列", "Kept only"), own),
    ]  # fmt: skip


class ColumnForm(forms.Form):
    """One column. ``name`` is kept from before; a line without a name is no column."""

    name = forms.CharField(required=False, widget=forms.HiddenInput)
    zh = forms.CharField(label=Text("列名", "Column"), max_length=60, required=False)
    en = forms.CharField(label=Text("英文名（可不填）", "In English (may be empty)"), max_length=80, required=False)
    kind = forms.ChoiceField(label=Text("内容", "Holds"), choices=kinds, initial=":word")
    visibility = forms.ChoiceField(
        label=Text("公开属性", "Who sees it"),
        choices=[(one.value, name) for one, name in VISIBILITY_NAMES.items()],
        initial=Visibility.INTERNAL.value,
    )
    choices = forms.CharField(label=Text("选项（用顿号分开）", "Choices (separated by commas)"), max_length=1500, required=False)
    unit = forms.CharField(label=Text("单位", "Unit"), max_length=30, required=False)
    required = forms.BooleanField(label=Text("必填", "Required"), required=False)
    key = forms.BooleanField(label=Text("唯一标识", "Identifies"), required=False)
    hidden = forms.BooleanField(label=Text("停用", "Hide"), required=False)

    def __init__(self, *args: Any, fresh: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if fresh:
            del self.fields["hidden"]

    def column(self, number: int) -> Column:
        """The column of this line."""
        data = self.cleaned_data
        own = data["kind"].startswith(":")
        kind = Kind(data["kind"][1:]) if own else COMMON[data["kind"]].kind
        kept = data["name"] if data["name"] not in COMMON else ""
        return Column(
            name=(kept or f"column_{number}") if own else data["kind"],
            zh=data["zh"].strip(),
            en=data["en"].strip() or data["zh"].strip(),
            kind=kind,
            required=data["required"] and not data.get("hidden", False),
            visibility=Visibility(data["visibility"]),
            choices=chosen(data["choices"]) if kind in CHOSEN_KINDS else (),
            unit=data["unit"].strip() if kind is Kind.QUANTITY else "",
            hidden=data.get("hidden", False),
        )


def chosen(words: str) -> tuple[Choice, ...]:
    """The choices that a line names."""
    return tuple(Choice(word, word, word) for word in dict.fromkeys(word.strip() for word in SPLIT.split(words)) if word)


class StateForm(forms.Form):
    """One state."""

    code = forms.CharField(required=False, widget=forms.HiddenInput)
    zh = forms.CharField(label=Text("状态", "State"), max_length=30, required=False)
    en = forms.CharField(label=Text("英文名（可不填）", "In English (may be empty)"), max_length=60, required=False)
    final = forms.BooleanField(label=Text("终态", "Final"), required=False)


class EvidenceForm(forms.Form):
    """One kind of evidence."""

    code = forms.CharField(required=False, widget=forms.HiddenInput)
    zh = forms.CharField(label=Text("证据", "Evidence"), max_length=60, required=False)
    en = forms.CharField(label=Text("英文名（可不填）", "In English (may be empty)"), max_length=80, required=False)
    required = forms.BooleanField(label=Text("缺少不计数", "Needed to count"), required=False)
    address = forms.BooleanField(label=Text("可用网址", "An address will do"), required=False)


class RegisterForm(forms.Form):
    """The register itself."""

    zh = forms.CharField(label=Text("台账名称", "Name"), max_length=100)
    en = forms.CharField(label=Text("英文名（可不填）", "In English (may be empty)"), max_length=150, required=False)
    duty = forms.ChoiceField(label=Text("对应职责", "Duty"), required=False)
    purpose_zh = forms.CharField(label=Text("用途", "What it is for"), max_length=300, required=False)
    basis = forms.CharField(label=Text("依据文件", "Basis"), max_length=200, required=False)
    reporters = forms.BooleanField(label=Text("县区主管部门、外部单位可填报", "Reporting units may enter"), required=False)
    second = forms.BooleanField(label=Text("每条须由另一人确认", "A second person confirms every entry"), required=False)
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    headings = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20000)

    def __init__(self, duties: Sequence[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["duty"].choices = [("", Text("—（不对应职责）", "— (none)")), *((name, name) for name in duties)]


ColumnForms = forms.formset_factory(ColumnForm, extra=0, max_num=100, absolute_max=120)
StateForms = forms.formset_factory(StateForm, extra=0, max_num=30, absolute_max=40)
EvidenceForms = forms.formset_factory(EvidenceForm, extra=0, max_num=30, absolute_max=40)


class Declaration:
    """The four forms as one: filled from nothing, a guessed sheet or a register; ``definition()`` is what they say."""

    def __init__(
        self,
        duties: Sequence[str],
        data: Mapping[str, Any] | None = None,
        *,
        before: RegisterDefinition | None = None,
        guessed: Sequence[Guess] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.before = before
        columns, states, evidence, register = _initial(before, guessed)
        data = with_more(data) if data and "more" in data else data
        blank = _blank(data)
        self.register = RegisterForm(duties, data, initial={**register, **(initial or {})})
        lines = [*columns, *({} for _ in range(MORE))]
        fresh = {"fresh": before is None}
        self.columns = ColumnForms(blank(data, "columns"), prefix="columns", initial=lines, form_kwargs=fresh)
        self.states = StateForms(blank(data, "states"), prefix="states", initial=[*states, *({} for _ in range(3))])
        self.evidence = EvidenceForms(blank(data, "evidence"), prefix="evidence", initial=[*evidence, *({} for _ in range(3))])

    def is_valid(self) -> bool:
        """Whether each line can be read."""
        sent = [one for one in (self.columns, self.states, self.evidence) if one is self.columns or one.is_bound]
        return all([self.register.is_valid(), *(one.is_valid() for one in sent)])

    def has_errors(self) -> bool:
        """Whether something is to be mended."""
        bound = (self.columns, self.states, self.evidence)
        return bool(self.register.is_bound and (self.register.errors or any(any(one.errors) for one in bound if one.is_bound)))

    def names(self) -> list[str]:
        """The name of the column of each line; '' for an empty one."""
        columns = iter(self.definition().columns)
        return [next(columns).name if form.cleaned_data.get("zh", "").strip() else "" for form in self.columns]

    def definition(self) -> RegisterDefinition:
        """What the forms say; what they do not ask for stays as it was."""
        data = self.register.cleaned_data
        lines = [form for form in self.columns if form.cleaned_data.get("zh", "").strip()]
        first = _next(column.name for column in self.before.columns) if self.before else 1
        columns = tuple(form.column(first + number) for number, form in enumerate(lines))
        if self.before:
            columns = tuple(_kept(column, self.before) for column in columns)
        states = _states(self.states, self.before)
        keys = tuple(column.name for column, form in zip(columns, lines, strict=True) if form.cleaned_data["key"])
        changed = RegisterDefinition(code="own", zh="", en="") if self.before is None else self.before
        return replace(
            changed,
            zh=data["zh"].strip(),
            en=data["en"].strip() or data["zh"].strip(),
            duty=data["duty"],
            purpose_zh=data["purpose_zh"].strip(),
            basis=data["basis"].strip(),
            reporters=data["reporters"],
            confirmed_by="second" if data["second"] else "office",
            columns=columns,
            states=states,
            first_state=states[0].code,
            moves=moves_between(states),
            evidence=_evidence(self.evidence, self.before),
            key=keys,
        )

    def refuse(self, fields: Mapping[str, Text], text: Text) -> None:
        """Put what the action refused beside its line."""
        parts = {"columns": self.columns, "states": self.states, "evidence": self.evidence}
        lines = {
            name: [form for form in lines if form.cleaned_data.get("zh", "").strip()] for name, lines in parts.items() if lines.is_bound
        }
        for path, words in fields.items():
            head, _, rest = path.partition(".")
            number, _, key = rest.partition(".")
            if head in lines and number.isdecimal() and int(number) < len(lines[head]):
                form = lines[head][int(number)]
                if key == "name":
                    key, words = "kind", ONE_OF_A_KIND
                form.add_error(key if key in form.fields else "zh", str(words))
            else:
                self.register.add_error(head if head in self.register.fields else None, str(words))
        if not fields:
            self.register.add_error(None, str(text))


def _blank(data: Mapping[str, Any] | None) -> Any:
    """Lines are read from what was sent only where they were sent: the simplest form has none of states and evidence."""
    return lambda sent, prefix: sent if data is not None and f"{prefix}-TOTAL_FORMS" in data else None


def with_more(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent with some more empty lines of columns."""
    sent = {name: data[name] for name in data}
    first = int(sent["columns-TOTAL_FORMS"]) if str(sent.get("columns-TOTAL_FORMS", "")).isdecimal() else 0
    for number in range(first, first + MORE):
        sent |= {f"columns-{number}-kind": ":word", f"columns-{number}-visibility": Visibility.INTERNAL.value}
    return {**sent, "columns-TOTAL_FORMS": str(first + MORE)}


def _next(names: Iterable[str]) -> int:
    numbers = [int(name[7:]) for name in names if re.fullmatch(r"column_\d+", name)]
    return max(numbers, default=0) + 1


def _kept(column: Column, before: RegisterDefinition) -> Column:
    """What the form does not ask of a column stays."""
    if not before.has(column.name):
        return column
    old = before.column(column.name)
    codes = {choice.zh: choice for choice in old.choices}
    return replace(
        column,
        pattern=old.pattern if column.kind is old.kind else "",
        register=old.register,
        hint_zh=old.hint_zh,
        hint_en=old.hint_en,
        choices=tuple(codes.get(choice.zh, choice) for choice in column.choices),
    )


def _coded(forms_: Any, prefix: str, taken: Iterable[str]) -> list[tuple[str, dict[str, Any]]]:
    """The lines that say something, each with its code: the one it had, or the next."""
    lines = [form.cleaned_data for form in forms_ if getattr(form, "cleaned_data", {}).get("zh", "").strip()] if forms_.is_bound else []
    used = {*taken, *(line["code"] for line in lines)}
    free = (f"{prefix}_{number}" for number in range(1, 200) if f"{prefix}_{number}" not in used)
    return [(line["code"] or next(free), line) for line in lines]


def _states(forms_: Any, before: RegisterDefinition | None) -> tuple[State, ...]:
    taken = [state.code for state in before.states] if before else []
    lines = _coded(forms_, "state", taken)
    found = tuple(State(code, line["zh"].strip(), line["en"].strip() or line["zh"].strip(), line["final"]) for code, line in lines)
    return found or (before.states if before and not forms_.is_bound else (RECORDED,))


def _evidence(forms_: Any, before: RegisterDefinition | None) -> tuple[EvidenceKind, ...]:
    if before and not forms_.is_bound:
        return before.evidence
    old = {kind.code: kind for kind in before.evidence} if before else {}
    return tuple(
        EvidenceKind(
            code,
            line["zh"].strip(),
            line["en"].strip() or line["zh"].strip(),
            line["required"],
            old[code].states if code in old else (),
            line["address"],
        )
        for code, line in _coded(forms_, "evidence", old)
    )


def moves_between(states: Sequence[State]) -> tuple[Move, ...]:
    """From every state to every other: what an office may do until a pack says more."""
    if len(states) < 2:
        return ()
    return tuple(
        Move(
            f"to_{state.code}"[:40],
            f"转为“{state.zh}”",
            f"Set to “{state.en}”",
            tuple(other.code for other in states if other.code != state.code),
            state.code,
            MOVERS,
        )
        for state in states
    )


def _initial(before: RegisterDefinition | None, guessed: Sequence[Guess]) -> tuple[list[Any], list[Any], list[Any], dict[str, Any]]:
    if before is None:
        return [_guessed(one) for one in guessed], [], [], {}
    columns = [_shown(column, column.name in before.key) for column in before.columns]
    states = [{"code": state.code, "zh": state.zh, "en": state.en, "final": state.final} for state in before.states]
    names = ("code", "zh", "en", "required", "address")
    evidence = [{name: getattr(kind, name) for name in names} for kind in before.evidence]
    register = {name: getattr(before, name) for name in ("zh", "en", "duty", "purpose_zh", "basis", "reporters")}
    return columns, states, evidence, {**register, "second": before.confirmed_by == "second"}


def _guessed(one: Guess) -> dict[str, Any]:
    kind = one.name or f":{one.kind.value}"
    words = {"zh": one.zh, "kind": kind, "visibility": one.visibility.value, "choices": "、".join(one.choices), "unit": one.unit}
    return {**words, "key": one.key, "required": one.required}


def _shown(column: Column, key: bool) -> dict[str, Any]:
    return {
        "name": column.name,
        "zh": column.zh,
        "en": column.en,
        "kind": f":{column.kind.value}" if column.detail else column.name,
        "visibility": column.visibility.value,
        "choices": "、".join(choice.zh for choice in column.choices),
        "unit": column.unit,
        "required": column.required,
        "key": key,
        "hidden": column.hidden,
    }


class SheetForm(forms.Form):
    """A sheet whose headings become columns."""

    file = forms.FileField(label=Text("表格文件（xlsx、xls、csv 等）", "Sheet (xlsx, xls, csv …)"), allow_empty_file=True)
