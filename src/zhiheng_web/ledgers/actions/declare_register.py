"""设立台账: an administrator declares a register without code; it can be used at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from zhiheng.values.normalise import normalise
from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.models import ColumnMapping, Register
from zhiheng_web.ledgers.packs.checking import check_registers
from zhiheng_web.ledgers.packs.registering import place
from zhiheng_web.ledgers.packs.shapes import Problem
from zhiheng_web.ledgers.queries.declaring import department_to_declare
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import Duty
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

OWN = "own_"
"""How the codes of declared registers begin; those of packs do not."""
SAME_NAME = Text(
    "本部门已有台账“{name}”。请换一个名称，或到该台账登记。", "There is a register called {name} already. Choose another name."
)


@action("ledgers.declare_register")
def declare_register(
    viewer: Viewer, department_id: UUID, definition: RegisterDefinition, headings: Mapping[str, Mapping[str, str]] | None = None
) -> Done[Register]:
    """The register as declared; its code is given here. ``headings`` is how the sheet it was read from lies on it (digest → mapping)."""
    department = department_to_declare(viewer, department_id, lock=True)
    authorise(viewer, "ledgers.declare_register", Scope(department.pk))
    rows = list(Register.objects.filter(department=department))
    taken = {row.code for row in rows}
    code = next(f"{OWN}{number}" for number in range(1, len(rows) + 2) if f"{OWN}{number}" not in taken)
    definition = replace(definition, code=code)
    refuse_same_name(definition, rows)
    refuse_problems(definition, {row.code: definition_of(row) for row in rows})
    refuse_marked_text(words_of(definition), Text("台账的文字", "the words of the register"))
    register = Register(department=department, code=code)
    place(register, definition, max((row.position for row in rows), default=0) + 1, duty_of(department.pk, definition))
    register.save(force_insert=True)
    for digest, mapping in (headings or {}).items():
        at, by = viewer.now(), viewer.account
        ColumnMapping.objects.create(register=register, headings=digest, mapping=dict(mapping), kept_by=by, kept_at=at)
    details = {"code": code, "columns": [column.zh for column in definition.columns]}
    return Done(register, "ledgers.Register", str(register.pk), register.name_zh, str(department.pk), details=details)


def duty_of(department: UUID, definition: RegisterDefinition) -> UUID | None:
    """The duty that the definition names."""
    if not definition.duty:
        return None
    found = Duty.objects.filter(department=department).order_by("code")
    return next((duty.pk for duty in found if normalise(duty.name) == normalise(definition.duty)), None)


def refuse_same_name(definition: RegisterDefinition, others: Iterable[Register]) -> None:
    """Two open registers of a department do not have one name."""
    if any(row.name_zh == definition.zh and row.closed_on is None for row in others):
        text = SAME_NAME.with_(name=definition.zh)
        raise Invalid("same_name", text, {"zh": text})


def refuse_problems(definition: RegisterDefinition, others: Mapping[str, RegisterDefinition]) -> None:
    """Everything wrong with it at once, each beside the input it is about (``columns.3.name``)."""
    known = {code: other for code, other in others.items() if code != definition.code}
    found = [Problem(one.path[1:], one.code, one.text) for one in check_registers([definition], known)]
    if found:
        text = Text("台账设置有 {n} 处要改：{first}", "{n} things to mend in the register: {first}")
        fields = {".".join(map(str, one.path)): one.text for one in found}
        raise Invalid("register", text.with_(n=len(found), first=found[0].text), fields)


def words_of(definition: RegisterDefinition) -> Iterator[str]:
    """All that a person wrote in it."""
    yield from (definition.zh, definition.en, definition.purpose_zh, definition.purpose_en, definition.basis)
    for column in definition.columns:
        yield from (column.zh, column.en, column.hint_zh, column.hint_en)
        yield from (choice.zh for choice in column.choices)
    for item in (*definition.states, *definition.evidence):
        yield from (item.zh, item.en)
