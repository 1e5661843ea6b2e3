"""What the library answers when a step cannot be taken, as refusals that a person can read."""

from __future__ import annotations

from zhiheng.plan.procedure import REQUIREMENTS, ROLE_NAMES, STATE_NAMES, Refused, Role, State, step
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Forbidden, Invalid, Refusal
from zhiheng_web.wording import Text

TEXTS: dict[str, Text] = {
    "wrong_state": Text("该表现在是“{state}”，不能{step}。", "The table is now “{state}”: {step} is not possible."),
    "wrong_role": Text("现在由{roles}办理，您不能{step}。", "It is now with: {roles}. You may not: {step}."),
    "cannot_block": Text(
        "本环节只能同意或退回；“不予通过”由财政部门决定。",
        "Here a table is agreed or returned; keeping it out of the budget is for finance.",
    ),
    "own_submission": Text(
        "这份表是您送审的，送审人不能审核（以其他角色也不能）。请由另一位同事办理。",
        "You submitted this table. Nobody decides on what he submitted, in whatever role: somebody else must decide here.",
    ),
    "own_proposal": Text(
        "这次调整是您提出的，提出人不能审核。请由另一位同事办理。",
        "You proposed this adjustment. Nobody decides on what he proposed: somebody else must decide here.",
    ),
    "decided_before": Text(
        "您在本次流转中已经审核过一次，不能在另一环节再审。请由另一位同事办理。",
        "You have decided once in this circulation and may not decide again at another checkpoint: somebody else must.",
    ),
    "route_empty": Text("流程至少要有一个环节。", "A route needs at least one checkpoint."),
    "route_long": Text("流程最多 {most} 个环节。", "A route has at most {most} checkpoints."),
    "route_code_twice": Text("有两个环节用了同一代码。", "Two checkpoints have the same code."),
    "route_back_inside": Text("财政环节之后不能再回到部门内部。", "After finance a table does not go back into the department."),
    "route_unit_outside": Text(
        "所属单位的表由主管部门审核，流程不得包含财政环节。", "A unit's table is reviewed by its department: no checkpoint of finance."
    ),
    "route_without_finance": Text("最后一个环节须由财政部门办理。", "The last checkpoint must be finance's."),
    "checkpoint_unnamed": Text(
        "第 {number} 个环节缺少名称（中、英文都要填）。", "Checkpoint {number} lacks a name in one of the languages."
    ),
    "checkpoint_role": Text("第 {number} 个环节的角色不能审核。", "The role of checkpoint {number} decides nothing."),
    "checkpoint_requirement": Text("第 {number} 个环节有不认识的要求。", "Checkpoint {number} has an unknown requirement."),
    "checkpoint_by_office": Text(
        "第 {number} 个环节：只有科室负责人可以分科室会签。", "Checkpoint {number}: only section heads sign by office."
    ),
    "checkpoint_days": Text("第 {number} 个环节的时限应为 1–90 天。", "Checkpoint {number}: 1 to 90 days."),
}
NOT_PERMITTED = frozenset({"wrong_role", "cannot_block", "own_submission", "own_proposal", "decided_before"})


def text_of(refused: Refused) -> Text:
    """The words of a refusal."""
    values: dict[str, object] = dict(refused.parameters)
    if "step" in values:
        taken = step(str(values["step"]))
        values["step"] = Text(taken.zh, taken.en.lower())
    if "state" in values:
        values["state"] = Text(*STATE_NAMES[State(str(values["state"]))])
    if "roles" in values:
        names = [ROLE_NAMES[Role(role)] for role in str(values["roles"]).split(",") if role]
        values["roles"] = Text("、".join(name[0] for name in names) or "—", ", ".join(name[1] for name in names) or "—")
    return TEXTS[refused.code].with_(**values)


def refusal(refused: Refused) -> Refusal:
    """The refusal to raise."""
    kind = Forbidden if refused.code in NOT_PERMITTED else Refusal
    return kind("not_permitted" if refused.code == "wrong_role" else refused.code, text_of(refused))


def refuse_unfit_words(words: dict[str, str]) -> None:
    """Refuse words that are entered here: marked as classified, longer than their input holds, or with characters that no text has."""
    for name, text in words.items():
        refuse_marked_text(text, ENTERED)
        if len(text) > LENGTHS.get(name, LONGEST):
            wrong = Text(
                f"文字太长，最多 {LENGTHS.get(name, LONGEST)} 个字。", f"Too long: {LENGTHS.get(name, LONGEST)} characters at most."
            )
            raise Invalid("too_long", wrong, {name: wrong})
        if "\0" in text:
            raise Invalid("unreadable", UNREADABLE, {name: UNREADABLE})


ENTERED = Text("填写的文字", "the text entered")
UNREADABLE = Text("文字中有不能保存的字符。", "The text has characters that cannot be kept.")
LONGEST = 4000
LENGTHS = {"minutes": 100, "approval_number": 100, "document": 200}
"""How long a text may be where a column bounds it; others: :data:`LONGEST`."""


def lacking(words: list[str], fields: dict[str, str]) -> Invalid:
    """The refusal of a decision that lacks what it must carry; ``fields`` maps a requirement to its input."""
    names = [REQUIREMENTS[word] for word in words]
    text = Text(
        f"还缺少：{'、'.join(name[0] for name in names)}。请补充后再提交。",
        f"Still missing: {', '.join(name[1] for name in names)}. Add it and send again.",
    )
    return Invalid(
        "incomplete",
        text,
        {fields.get(word, word): Text(f"请填写{REQUIREMENTS[word][0]}", f"Give {REQUIREMENTS[word][1]}") for word in words},
    )
