"""修改台账设置: what an administrator declared is changed later; what entries hold is kept."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from zhiheng_web.ledgers.actions.declare_register import duty_of, refuse_problems, refuse_same_name, words_of
from zhiheng_web.ledgers.definition import RegisterDefinition, to_json
from zhiheng_web.ledgers.models import Binding, BindingValue, Register
from zhiheng_web.ledgers.packs.checking import choices_of, states_of
from zhiheng_web.ledgers.packs.registering import Changes, change_register_row
from zhiheng_web.ledgers.queries.declaring import register_to_declare
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Conflict, Done, Refusal, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

OF_PACK = Text(
    "“{register}”来自业务包“{pack}”，由业务包的下一版修改；本部门另需的内容请另设台账。",
    "{register} comes with the pack “{pack}” and changes with its next edition; declare a register of your own for more.",
)
COUNTED = Text(
    "指标“{indicator}”的取数规则要用“{name}”，不能停用或删除。请先修改取数规则。",
    "The indicator {indicator} counts by “{name}”: it cannot go. Change the binding first.",
)


@action("ledgers.change_register")
def change_register(viewer: Viewer, register_id: UUID, definition: RegisterDefinition, edition: int) -> Done[Register]:
    """Write the changed declaration. ``edition`` is the one that the viewer changed; columns that entries hold are hidden, not dropped."""
    register = register_to_declare(viewer, register_id, lock=True)
    authorise(viewer, "ledgers.change_register", Scope(register.department_id))
    name = Text(register.name_zh, register.name_en)
    if register.pack:
        raise Refusal("of_pack", OF_PACK.with_(register=name, pack=register.pack))
    if register.edition != edition:
        text = Text("这本台账刚被别人改过。请刷新后再改。", "Somebody else has just changed this register. Load it again.")
        raise Conflict("changed", text, {"edition": register.edition})
    others = list(Register.objects.filter(department=register.department_id).exclude(pk=register.pk))
    before = definition_of(register)
    definition = replace(definition, code=register.code)
    refuse_same_name(definition, others)
    refuse_problems(definition, {row.code: definition_of(row) for row in others})
    refuse_counted(register, definition)
    refuse_marked_text(words_of(definition), Text("台账的文字", "the words of the register"))
    changes = Changes()
    duty = duty_of(register.department_id, definition)
    changed = change_register_row(register, definition, register.position, duty, changes, at=viewer.now(), by=viewer.account)
    details = {"edition": register.edition, "entries": changes.entries}
    digests = [digest_of([repr(to_json(one))]) for one in (before, definition_of(register))]
    key, department = str(register.pk), str(register.department_id)
    return Done(register, "ledgers.Register", key, register.name_zh, department, *digests, details, nothing=not changed)


def refuse_counted(register: Register, definition: RegisterDefinition) -> None:
    """What an indicator counts by stays: its date, its column, its states and choices."""
    bindings = Binding.objects.filter(register=register, withdrawn=False, basis__withdrawn=False).select_related("basis__indicator")
    shown = {column.name for column in definition.shown}
    for binding in bindings:
        for name in filter(None, (binding.counted_on, binding.column)):
            if name not in shown:
                raise _counted(binding, name)
    known = {"state": states_of(definition), "excused": states_of(definition)}
    values = BindingValue.objects.filter(binding__in=bindings).select_related("binding__basis__indicator")
    for value in values.exclude(column="county"):
        if value.value not in known.setdefault(value.column, choices_of(definition, value.column)):
            raise _counted(value.binding, value.value)


def _counted(binding: Binding, name: str) -> Refusal:
    return Refusal("counted", COUNTED.with_(indicator=binding.basis.indicator.name, name=name))
