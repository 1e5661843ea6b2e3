"""What is wrong with a register as declared: everything at once, each with its place and what to do. The same for packs and forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from zhiheng_web.ledgers.columns import COMMON, DATES, DETAIL_KINDS, SEALED, Kind
from zhiheng_web.ledgers.definition import Check, Column, Move, ObligationRule, RegisterDefinition
from zhiheng_web.ledgers.packs.checking_checks import check_check
from zhiheng_web.ledgers.packs.lines import Path
from zhiheng_web.ledgers.packs.shapes import Problem
from zhiheng_web.wording import Text

CODE = re.compile(r"[a-z][a-z0-9_]*")
LENGTHS = {"register": 40, "column": 40, "state": 30, "move": 40, "evidence": 40, "check": 30, "obligation": 40, "choice": 60}
RESERVED = frozenset(
    {"state", "standing", "gap", "key", "evidence", "reporter", "reason", "unit", "quantity_text", "organisation_name", "counterpart_name"}
)
"""Names that a register's own column may not take: every entry has them already."""
CLASSIFIED = frozenset({"number", "document", "office", "category", "data_year", *DATES})
"""All that a register of classified business may keep."""
CHOSEN_KINDS = frozenset({Kind.CHOICE, Kind.TOPICS})

Registers = Mapping[str, RegisterDefinition]


def check_registers(definitions: Sequence[RegisterDefinition], others: Registers | None = None) -> Iterator[Problem]:
    """Everything wrong with registers that stand together; ``others`` are those of the department that they may point to.

    Paths begin with the register's position in ``definitions``.
    """
    known: dict[str, RegisterDefinition] = {**(others or {}), **{definition.code: definition for definition in definitions}}
    yield from twice(((number,), definition.code) for number, definition in enumerate(definitions))
    for number, definition in enumerate(definitions):
        for found in check_register(definition, known):
            yield Problem((number, *found.path), found.code, found.text)


def check_register(definition: RegisterDefinition, known: Registers) -> Iterator[Problem]:
    """Everything wrong with one register. ``known`` has it and all those it may point to."""
    yield from code((), "code", definition.code, LENGTHS["register"])
    yield from worded((), definition.zh, definition.en)
    if len(definition.zh) > 100:
        yield Problem(("zh",), "long", Text("名称不超过 100 字。", "A name has at most 100 characters."))
    yield from _columns(definition, known)
    yield from _states(definition)
    yield from _keys(definition)
    yield from _evidence(definition)
    yield from _checks(definition, known)
    yield from twice((("obligations", number), rule.code) for number, rule in enumerate(definition.obligations))
    for number, rule in enumerate(definition.obligations):
        for found in _obligation(definition, rule, known):
            yield Problem(("obligations", number, *found.path), found.code, found.text)
    if definition.classified:
        yield from _classified(definition)


def code(path: Path, key: str, word: str, longest: int) -> Iterator[Problem]:
    """A code is a short word of small letters, digits and underscores."""
    if not CODE.fullmatch(word) or len(word) > longest:
        text = Text(
            "“{word}”不能作代码：用小写字母开头，只含小写字母、数字和下划线，不超过 {n} 个字符。",
            "“{word}” cannot be a code: small letters, digits and underscores, beginning with a letter, at most {n}.",
        )
        yield Problem((*path, key), "code", text.with_(word=word, n=longest))


def worded(path: Path, zh: str, en: str) -> Iterator[Problem]:
    """Both languages are there."""
    for key, words in (("zh", zh), ("en", en)):
        if not words.strip():
            name = {"zh": Text("中文名称", "Chinese name"), "en": Text("英文名称", "English name")}[key]
            yield Problem((*path, key), "missing", Text("缺少{name}。请补上。", "The {name} is missing. Add it.").with_(name=name))


def twice(places: Iterable[tuple[Path, str]], key: str = "code") -> Iterator[Problem]:
    """The same code at a second place."""
    seen: set[str] = set()
    for path, word in places:
        if word in seen:
            text = Text("“{word}”重复。请改用另一个。", "“{word}” stands twice. Choose another.")
            yield Problem((*path, key), "twice", text.with_(word=word))
        seen.add(word)


def unknown(path: Path, what: Text, word: str, known: Iterable[str]) -> Problem:
    """Something named that does not exist."""
    text = Text("没有{what}“{word}”。现有：{known}。", "There is no {what} “{word}”. There are: {known}.")
    names = list(known)
    return Problem(path, "unknown", text.with_(what=what, word=word, known=", ".join(names[:30]) or "—"))


REGISTER, COLUMN, STATE = Text("台账", "register"), Text("列", "column"), Text("状态", "state")
CHOICE, DATE_COLUMN, NUMBER_COLUMN = Text("选项", "choice"), Text("日期列", "date column"), Text("数量列", "number column")


def among(path: Path, what: Text, words: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    """Each word of a list is one of those known."""
    names = tuple(known)
    for number, word in enumerate(words):
        if word not in names:
            yield unknown((*path, number), what, word, names)


def columns_of(definition: RegisterDefinition, *kinds: Kind) -> tuple[str, ...]:
    """The names of a register's columns, of some kinds if given."""
    return tuple(column.name for column in definition.columns if not kinds or column.kind in kinds)


def common_of(definition: RegisterDefinition, *kinds: Kind) -> tuple[str, ...]:
    """As columns_of, but only columns that can be computed from."""
    return tuple(column.name for column in definition.columns if not column.detail and column.kind in kinds)


def states_of(definition: RegisterDefinition) -> tuple[str, ...]:
    """The codes of its states."""
    return tuple(state.code for state in definition.states)


def choices_of(definition: RegisterDefinition, name: str) -> tuple[str, ...]:
    """The codes that a column offers."""
    return tuple(choice.code for choice in definition.column(name).choices) if definition.has(name) else ()


def _columns(definition: RegisterDefinition, known: Registers) -> Iterator[Problem]:
    if not definition.columns:
        yield Problem(("columns",), "missing", Text("台账至少要有一列。", "A register has at least one column."))
    yield from twice(((("columns", number), column.name) for number, column in enumerate(definition.columns)), "name")
    for number, column in enumerate(definition.columns):
        path = ("columns", number)
        yield from code(path, "name", column.name, LENGTHS["column"])
        yield from worded(path, column.zh, column.en)
        yield from _column_kind(path, column)
        yield from _column_rules(path, column, known)


def _column_kind(path: Path, column: Column) -> Iterator[Problem]:
    if column.detail and column.name in RESERVED:
        text = Text("“{name}”是每条记录自带的，自设列请换一个名称。", "Every entry has “{name}” already. Give the column another name.")
        yield Problem((*path, "name"), "reserved", text.with_(name=column.name))
    if column.detail and column.kind not in DETAIL_KINDS:
        text = Text(
            "自设列不能是“{kind}”。可用：{kinds}；单位、人员、县区等请用通用列 {common}。",
            "A column of one's own cannot be “{kind}”. Use {kinds}, or one of the common columns {common}.",
        )
        common = ", ".join(name for name, one in COMMON.items() if one.kind is column.kind)
        kinds = ", ".join(sorted(kind.value for kind in DETAIL_KINDS))
        yield Problem((*path, "kind"), "detail_kind", text.with_(kind=column.kind.value, kinds=kinds, common=common))
    if not column.detail and column.kind is not COMMON[column.name].kind:
        text = Text("通用列“{name}”的类型是 {kind}，不能改。请删去 kind。", "The common column “{name}” is of kind {kind}. Leave out kind.")
        yield Problem((*path, "kind"), "common_kind", text.with_(name=column.name, kind=COMMON[column.name].kind.value))
    if not column.detail and column.visibility in SEALED and column.kind is not Kind.PERSON:
        text = Text(
            "通用列“{name}”参与查询统计，不能加密。个人信息和商业、银行秘密请放在自设列或 person 列。",
            "The common column “{name}” is computed from and cannot be sealed. Keep personal data and secrets in a column of the "
            "register's own, or in person.",
        )
        yield Problem((*path, "visibility"), "sealed_common", text.with_(name=column.name))


def _column_rules(path: Path, column: Column, known: Registers) -> Iterator[Problem]:
    if column.kind in CHOSEN_KINDS and not column.choices:
        yield Problem((*path, "choices"), "missing", Text("选择列须列出 choices。", "A column to choose from needs its choices."))
    if column.choices and column.kind not in CHOSEN_KINDS:
        yield Problem((*path, "choices"), "needless", Text("只有选择列才有 choices。", "Only a column to choose from has choices."))
    seen: set[str] = set()
    for number, choice in enumerate(column.choices):
        if choice.code in seen or len(choice.code) > LENGTHS["choice"]:
            text = Text("选项“{code}”重复或超过 60 个字符。", "The choice “{code}” stands twice or has more than 60 characters.")
            yield Problem((*path, "choices", number), "twice", text.with_(code=choice.code))
        seen.add(choice.code)
    if column.pattern:
        yield from _pattern((*path, "pattern"), column)
    if column.unit and column.kind is not Kind.QUANTITY:
        yield Problem((*path, "unit"), "needless", Text("只有数量列才有单位。", "Only a quantity has a unit."))
    if column.kind is Kind.ENTRY and not column.register:
        yield Problem((*path, "register"), "missing", Text("关联列须写明关联哪本台账（register）。", "Name the register it points into."))
    if column.register and column.kind is not Kind.ENTRY:
        yield Problem((*path, "register"), "needless", Text("只有关联列才有 register。", "Only a column of entries names a register."))
    elif column.register and column.register not in known:
        yield unknown((*path, "register"), REGISTER, column.register, known)


def _pattern(path: Path, column: Column) -> Iterator[Problem]:
    if column.kind not in (Kind.WORD, Kind.TEXT):
        yield Problem(path, "needless", Text("只有文字列才有格式（pattern）。", "Only words have a pattern."))
    try:
        re.compile(column.pattern)
    except re.error as fault:
        text = Text("“{pattern}”不是有效的正则表达式：{fault}。", "“{pattern}” is not a regular expression: {fault}.")
        yield Problem(path, "pattern", text.with_(pattern=column.pattern, fault=fault))


def _states(definition: RegisterDefinition) -> Iterator[Problem]:
    known = states_of(definition)
    if not known:
        yield Problem(("states",), "missing", Text("台账至少要有一个状态。", "A register has at least one state."))
    yield from twice((("states", number), state) for number, state in enumerate(known))
    for number, state in enumerate(definition.states):
        yield from code(("states", number), "code", state.code, LENGTHS["state"])
        yield from worded(("states", number), state.zh, state.en)
    if definition.first_state and definition.first_state not in known:
        yield unknown(("first_state",), STATE, definition.first_state, known)
    yield from twice((("moves", number), move.code) for number, move in enumerate(definition.moves))
    for number, move in enumerate(definition.moves):
        for found in _move(definition, move):
            yield Problem(("moves", number, *found.path), found.code, found.text)


def _move(definition: RegisterDefinition, move: Move) -> Iterator[Problem]:
    yield from code((), "code", move.code, LENGTHS["move"])
    yield from worded((), move.zh, move.en)
    if not move.start:
        yield Problem(("start",), "missing", Text("须写明从哪些状态开始（start）。", "Name the states it starts from."))
    if not move.by:
        yield Problem(("by",), "missing", Text("须写明由谁办理（by）。", "Name the roles that may take it."))
    yield from among(("start",), STATE, move.start, states_of(definition))
    if move.end not in states_of(definition):
        yield unknown(("end",), STATE, move.end, states_of(definition))
    dates = common_of(definition, Kind.DATE)
    for key, name in (("sets", move.sets), ("days_from", move.days_from)):
        if name and name not in dates:
            yield unknown((key,), DATE_COLUMN, name, dates)
    yield from among(("needs",), COLUMN, move.needs, columns_of(definition))
    if (move.days is None) != (not move.days_from):
        text = Text("办理时限要同时写 days 和 days_from。", "A time limit needs both days and days_from.")
        yield Problem(("days",) if move.days is not None else ("days_from",), "together", text)


def _keys(definition: RegisterDefinition) -> Iterator[Problem]:
    for key, names in (("key", definition.key), ("counts_once_by", definition.counts_once_by)):
        usable = tuple(column.name for column in definition.columns if column.kind is not Kind.TOPICS)
        yield from among((key,), COLUMN, names, usable)
        for number, name in enumerate(names):
            if definition.has(name) and definition.column(name).detail and definition.column(name).visibility in SEALED:
                text = Text("加密的列“{name}”不能作主键或去重列。", "The sealed column “{name}” cannot identify entries.")
                yield Problem((key, number), "sealed_key", text.with_(name=name))


def _evidence(definition: RegisterDefinition) -> Iterator[Problem]:
    yield from twice((("evidence", number), kind.code) for number, kind in enumerate(definition.evidence))
    for number, kind in enumerate(definition.evidence):
        path = ("evidence", number)
        yield from code(path, "code", kind.code, LENGTHS["evidence"])
        yield from worded(path, kind.zh, kind.en)
        yield from among((*path, "states"), STATE, kind.states, states_of(definition))


def _checks(definition: RegisterDefinition, known: Registers) -> Iterator[Problem]:
    yield from twice((("checks", number), check.code) for number, check in enumerate(definition.checks))
    for number, check in enumerate(definition.checks):
        path = ("checks", number)
        yield from code(path, "code", check.code, LENGTHS["check"])
        yield from worded(path, check.zh, check.en)
        if check.code == "evidence":
            text = Text("“evidence”专指缺证据，请换一个代码。", "“evidence” means missing evidence. Choose another code.")
            yield Problem((*path, "code"), "reserved", text)
        for found in _check(definition, check, known):
            yield Problem((*path, *found.path), found.code, found.text)


def _check(definition: RegisterDefinition, check: Check, known: Registers) -> Iterator[Problem]:
    theirs: tuple[str, ...] = ()
    if definition.has("about"):
        target = known.get(definition.column("about").register)
        theirs = columns_of(target) if target else ()
    dates = columns_of(definition, Kind.DATE)
    numbers = columns_of(definition, Kind.QUANTITY, Kind.MONEY, Kind.YEAR)
    yield from among(("states",), STATE, check.states, states_of(definition))
    yield from among(("per",), COLUMN, check.per, columns_of(definition))
    if check.kind == "same" and len(check.columns) == 2:
        yield from among(("columns",), COLUMN, check.columns[:1], columns_of(definition))
        if not theirs or check.columns[1] not in theirs:
            yield unknown(("columns", 1), Text("所关联台账的列", "column of the register it is about"), check.columns[1], theirs)
    elif check.kind in ("order", "within"):
        yield from among(("columns",), DATE_COLUMN, check.columns, dates)
    elif check.kind == "range":
        yield from among(("columns",), NUMBER_COLUMN, check.columns, numbers)
    else:
        yield from among(("columns",), COLUMN, check.columns, columns_of(definition))
    yield from check_check(check)


def _obligation(definition: RegisterDefinition, rule: ObligationRule, known: Registers) -> Iterator[Problem]:
    yield from code((), "code", rule.code, LENGTHS["obligation"])
    yield from worded((), rule.zh, rule.en)
    if rule.state not in states_of(definition):
        yield unknown(("state",), STATE, rule.state, states_of(definition))
    if not rule.every and not rule.source:
        text = Text(
            "须写明周期（every）或来源台账（source），或两者并用。",
            "It comes every so often, from a source register, or for both together.",
        )
        yield Problem(("source",), "either", text)
    if rule.each and not (rule.every and not rule.source and definition.has("office")):
        text = Text(
            "按科室（each）生成的应办事项须有周期、没有来源台账，并有 office 列。",
            "One from each office (each) needs every, no source, and the column office.",
        )
        yield Problem(("each",), "either", text)
    if not definition.has("due_on"):
        yield Problem((), "missing", Text("有应办事项的台账须有 due_on 列。", "A register with obligations needs the column due_on."))
    if not (1 <= rule.due_day <= 31 and 0 <= rule.due_month <= 12 and rule.times >= 1):
        text = Text("due_day 为 1 至 31，due_month 为 0 至 12，times 至少 1。", "due_day is 1 to 31, due_month 0 to 12, times at least 1.")
        yield Problem(("due_day",), "range", text)
    for name in ("category", "channel"):
        word = getattr(rule, name)
        if word and word not in choices_of(definition, name):
            yield unknown((name,), CHOICE, word, choices_of(definition, name))
    if rule.source:
        yield from _source(definition, rule, known)


def _source(definition: RegisterDefinition, rule: ObligationRule, known: Registers) -> Iterator[Problem]:
    source = known.get(rule.source)
    if source is None:
        yield unknown(("source",), REGISTER, rule.source, known)
        return
    if not definition.has("about"):
        yield Problem(("source",), "missing", Text("须有 about 列记下来源记录。", "The column about must keep the source entry."))
    if rule.source_date not in common_of(source, Kind.DATE) and not (rule.every and not rule.source_date):
        yield unknown(("source_date",), DATE_COLUMN, rule.source_date, common_of(source, Kind.DATE))
    yield from among(("source_states",), STATE, rule.source_states, states_of(source))
    yield from among(("source_where",), COLUMN, rule.source_where[:1], columns_of(source))


def _classified(definition: RegisterDefinition) -> Iterator[Problem]:
    for number, column in enumerate(definition.columns):
        if column.name not in CLASSIFIED:
            text = Text(
                "涉密台账只登记编号和日期，不得有“{name}”列。可用：{known}。",
                "A classified register keeps number and dates only, no “{name}”. Allowed: {known}.",
            )
            yield Problem(("columns", number), "classified", text.with_(name=column.zh, known=", ".join(sorted(CLASSIFIED))))
    if definition.evidence:
        text = Text("涉密台账不上传文件，请删去 evidence。", "A classified register takes no files. Leave out evidence.")
        yield Problem(("evidence",), "classified", text)


def problems(found: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as plain values, for the API and the command."""
    return [{"path": list(one.path), "code": one.code, "zh": one.text.zh, "en": one.text.en} for one in found]
