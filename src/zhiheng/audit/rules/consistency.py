"""N01-N10: name, explanation, value and category of one indicator must say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from zhiheng.audit.explanation import Stated, named_items, stated_figures
from zhiheng.audit.likeness import contained, core, ratio
from zhiheng.audit.rule import Case, Hit, family
from zhiheng.audit.standing import Level, number, stated
from zhiheng.audit.wording import named, normal, says_nothing, squeezed, without_brackets
from zhiheng.parameters.parameters import Parameters
from zhiheng.plan.plan import Indicator
from zhiheng.values.value import Comparator, Quantity

SAYS_WHAT = re.compile(r"(?:率|比例|占比|额|面积|人次|天数|时间)$")
"""Ends of an explanation that tell what is measured, where the name does not: 福彩销售, 福利彩票销售额."""

ONE_SIDED = (Comparator.GE, Comparator.GT, Comparator.LE, Comparator.LT)
SIGNS = {Comparator.GE: "≥", Comparator.GT: "＞", Comparator.LE: "≤", Comparator.LT: "＜"}
JOINTS = re.compile(r"[、，,；;：:（）()《》“”的和及与或]")
MEASURED = re.compile(
    r"(?:数|数量|数额|次数|人数|户数|家数|件数|率|比例|占比|比重|金额|总额|额|量|面积|时间|时限|天数|时长|程度|满意度|人次|场次|批次|期数)$"
)
"""How a name ends that counts or measures."""


def key(name: str) -> str:
    """The full key of a parameter of this family."""
    return f"audit_consistency.{name}"


def variant(plain: Hit, name: str) -> Hit:
    """The hit with another sentence."""
    return Hit(plain.subject, plain.place, plain.parameters, variant=name)


def figures(case: Case) -> Iterator[tuple[int, Indicator, Level, tuple[Stated, ...]]]:
    """Rows with a number as target and figures of the same unit in the explanation."""
    for index, row in case.rows():
        if row.target is None or row.definition is None or not isinstance(row.target.reading.value, Quantity):
            continue
        value = row.target.reading.value
        aim, found = number(value), stated_figures(row.definition.text, row.name.text, value, case.plan.year)
        if aim is not None and found:
            yield index, row, aim, found


def n01(case: Case) -> Iterator[Hit]:
    """Explanations that state one figure, and not the target's. Several figures may be parts; nobody can tell."""
    for index, row, aim, found in figures(case):
        if row.target is not None and len(found) == 1 and not agrees(aim, found[0]) and not counts_otherwise(row, found[0], case):
            yield case.at(index, "target", row.target, stated=found[0].text, target=row.target.text)


def agrees(aim: Level, found: Stated) -> bool:
    """The two figures can be the same: equal, or one within the other's range."""
    ours, theirs = ends(aim), ends(found.level)
    return ours[0] <= theirs[0] <= ours[1] or theirs[0] <= ours[0] <= theirs[1]


def ends(level: Level) -> tuple[Fraction, Fraction]:
    """Lower and upper number as written; a bound stands for both."""
    numbers = [end for end in (level.low, level.high) if end is not None]
    return numbers[0], numbers[-1]


def counts_otherwise(row: Indicator, found: Stated, case: Case) -> bool:
    """The explanation gives an increase of what the name counts as a total: another number, and no contradiction in itself."""
    definition = normal(row.definition.text) if row.definition else ""
    before = definition[: definition.find(found.text)]
    total = named(row.name.text, case.parameters.words(key("total_words")))
    return bool(total) and bool(re.search(r"(?:增加|新增|净增|增长|扩大)[^，。；]*$", before))


def n02(case: Case) -> Iterator[Hit]:
    """Comparators of the explanation that the target lacks."""
    for index, row, aim, found in figures(case):
        if row.target is None or not isinstance(row.target.reading.value, Quantity):
            continue
        if row.target.reading.value.op is not Comparator.EQ:
            continue
        equal = [one for one in found if aim.low in (one.level.low, one.level.high)]
        compared = next((one for one in equal if one.op in ONE_SIDED), None)
        if compared is not None and all(one.op in ONE_SIDED for one in equal):
            better = SIGNS[compared.op] + row.target.text.strip()
            yield case.at(index, "target", row.target, stated=compared.text, target=row.target.text, better=better)


def n03(case: Case) -> Iterator[Hit]:
    """Names that count a total or certifications, explained as an increase; and the reverse."""
    for index, row in case.rows():
        if row.definition is None:
            continue
        words = other_count(row.name.text, row.definition.text, case.parameters)
        if words:
            yield case.at(index, "name", row.name, stated=words)


def other_count(name: str, definition: str, parameters: Parameters) -> str:
    """The words of the explanation that count otherwise than the name; '' if they agree."""
    text = normal(definition)
    flow = named(name, parameters.words(key("flow_words")))
    total = named(name, parameters.words(key("total_words")))
    certified = named(name, parameters.words(key("certified_words")))
    totals = re.search(rf"(?:{'|'.join(parameters.words(key('total_words')))}|累计)[^，。；]*?\d", text)
    if total and not flow and not totals:
        return named(text, ("净增", "新增", "增加", "增长"))
    if certified and not flow:
        found = re.search(r"净增|新增(?!.{0,12}(?:认定|备案|入库))", text)
        return found.group() if found else ""
    if flow and totals and not named(text, parameters.words(key("flow_words"))):
        return totals.group()
    return ""


def n04(case: Case) -> Iterator[Hit]:
    """Explanations that name another number of items than the target counts."""
    deeds = case.parameters.words(key("deeds_of_making"))
    units = case.parameters.words(key("units_of_items"))
    most = case.parameters.number(key("most_items_named"))
    for index, row in case.rows():
        value = row.target.reading.value if row.target else None
        if row.definition is None or not isinstance(value, Quantity) or value.unit not in units or value.amount > most:
            continue
        items = named_items(row.definition.text, deeds)
        if items is None:
            continue
        count, open_end = items
        plain = case.at(index, "target", row.target, count=count, target=row.target.text if row.target else "")
        if open_end and count == value.amount:
            yield variant(plain, "open")
        elif not fits(value, count, open_end):
            yield plain


def fits(value: Quantity, count: int, open_end: bool) -> bool:
    """The number named can be the target's: equal, at least it, or fewer with 等 for the rest."""
    if value.op in (Comparator.GE, Comparator.GT) and not open_end:
        return count >= value.amount
    return count < value.amount if open_end else count == value.amount


def n05(case: Case) -> Iterator[Hit]:
    """Explanations that repeat the name or have fewer than the least number of characters.

    One that states a figure of the target or a formula explains something, however short.
    """
    least = int(case.parameters.number(key("least_characters")))
    adds = int(case.parameters.number(key("adds_at_least")))
    common = case.parameters.words(key("common_words"))
    for index, row in case.rows():
        definition = row.definition
        if definition is None or says_nothing(definition) or explains_by_figure(row):
            continue
        words = squeezed(definition.text)
        if len(words) < least:
            yield variant(case.at(index, "definition", definition, definition=definition.text, length=len(words)), "short")
        elif repeats(row.name.text, definition.text, common, adds):
            yield case.at(index, "definition", definition, definition=definition.text)


def explains_by_figure(row: Indicator) -> bool:
    """The explanation has a number, a formula or the words of the target."""
    text = normal(row.definition.text) if row.definition else ""
    target = normal(row.target.text) if row.target and stated(row.target) else ""
    return bool(re.search(r"\d|[/÷×=＝%]|除以|乘以|之比", text)) or (len(target) >= 2 and target in text)


def repeats(name: str, definition: str, common: tuple[str, ...], adds: int) -> bool:
    """Without common words the explanation has hardly more than the name's own characters, or nothing but them."""
    measure = SAYS_WHAT.search(core(definition, ()))
    if measure and measure.group() not in name:
        return False
    ours, theirs = core(name, common), core(definition, common)
    if not ours or not theirs:
        return core(name, ()) in core(definition, ()) or not theirs
    more = contained(ours, theirs)
    return more < adds if more is not None else contained(theirs, ours) is not None


def n06(case: Case) -> Iterator[Hit]:
    """Names that tell an activity and no result. An output may be an activity, and a name that counts has a result."""
    starts, ends_ = case.parameters.words(key("process_starts")), case.parameters.words(key("process_ends"))
    for index, row in case.rows():
        name = core(without_brackets(row.name.text), ())
        if MEASURED.search(name) or "产出" in "".join(row.category) or shows_result(row, case.parameters):
            continue
        word = next((word for word in starts if name.startswith(word)), "") or next((word for word in ends_ if name.endswith(word)), "")
        if word and not name.startswith(case.parameters.words(key("process_exceptions"))):
            yield case.at(index, "name", row.name, word=word)


def shows_result(row: Indicator, parameters: Parameters) -> bool:
    """The target itself speaks of a result (促成合作160项)."""
    return row.target is not None and bool(named(row.target.text, parameters.words(key("result_words"))))


def n07(case: Case) -> Iterator[Hit]:
    """Names that measure what others decide: awards and projects from above."""
    patterns = [re.compile(pattern) for pattern in case.parameters.words(key("decided_by_others"))]
    own = case.parameters.words(key("decided_by_itself"))
    for index, row in case.rows():
        found = next((match for pattern in patterns if (match := pattern.search(normal(row.name.text)))), None)
        if found and row.target is not None and stated(row.target) and not named(row.name.text, own):
            yield case.at(index, "name", row.name, word=phrase(found), target=row.target.text)


def phrase(found: re.Match[str]) -> str:
    """The words of a name that a pattern met, from where they begin: 友谊奖推荐, not 奖推荐."""
    return JOINTS.split(found.string[: found.start()])[-1] + found.group()


def n08(case: Case) -> Iterator[Hit]:
    """Indicators in a category that is not theirs."""
    endless = case.parameters.words(key("endless_values"))
    for index, row in case.rows():
        if not row.category:
            continue
        path = " ".join(row.category)
        if word := misplaced(normal(row.name.text), path, case.parameters):
            yield case.at(index, "name", row.name, word=word, category=row.category[-1])
        elif row.target is not None and normal(row.target.text) in endless and re.search("数量|质量|时效", path):
            yield variant(case.at(index, "target", row.target, word=row.target.text, category=row.category[-1]), "endless")


def misplaced(name: str, path: str, parameters: Parameters) -> str:
    """The word of the name that does not fit its category; '' if it does."""
    for kind, outside in (
        ("cost", r"生态效益|满意度|质量|时效"),
        ("satisfaction", r"^(?!.*(?:满意|社会公众|服务对象)).*(?:产出|效益|效果|成本|数量|质量|时效)"),
        ("acceptance", r"效益"),
        ("timeliness", r"数量|质量"),
        ("benefit", r"质量|时效|成本"),
    ):
        word = named(name, parameters.words(key(f"{kind}_words")))
        if word and re.search(outside, path) and not (kind == "cost" and "成本" in path):
            return word
    return ""


def n09(case: Case) -> Iterator[Hit]:
    """Quality indicators that are the completion rate of a quantity indicator, or of tasks in general."""
    quantities = [row.name.text for _, row in case.rows() if "数量" in "".join(row.category)]
    ends_, general = case.parameters.words(key("completion_ends")), case.parameters.words(key("general_subjects"))
    common = case.parameters.words(key("common_words"))
    for index, row in case.rows():
        name = core(without_brackets(row.name.text), ())
        end = next((word for word in ends_ if name.endswith(word)), "")
        if "质量" not in "".join(row.category) or not end:
            continue
        subject = core(name.removesuffix(end), common)
        if not subject or subject in general:
            yield variant(case.at(index, "name", row.name), "generic")
            continue
        twin = next((quantity for quantity in quantities if counts(quantity, subject, common)), None)
        if twin is not None:
            yield case.at(index, "name", row.name, quantity=twin)


def counts(quantity: str, subject: str, common: tuple[str, ...]) -> bool:
    """The quantity indicator counts the subject of the rate."""
    counted = core(MEASURED.sub("", core(quantity, ())), common)
    return bool(counted) and (subject in counted or counted in subject or ratio(subject, counted) >= 60)


def n10(case: Case) -> Iterator[Hit]:
    """Money put in, as an output or effect."""
    patterns = [re.compile(pattern) for pattern in case.parameters.words(key("inputs"))]
    exempt = case.parameters.words(key("money_as_result"))
    legitimate = case.parameters.words(key("input_categories"))
    for index, row in case.rows():
        name = normal(row.name.text)
        found = next((match for pattern in patterns if (match := pattern.search(name))), None)
        if found and not named(name, exempt) and not named(" ".join(row.category), legitimate):
            yield case.at(index, "name", row.name, word=found.group())


RULES = family(
    "consistency",
    {
        "N01": n01,
        "N02": n02,
        "N03": n03,
        "N04": n04,
        "N05": n05,
        "N06": n06,
        "N07": n07,
        "N08": n08,
        "N09": n09,
        "N10": n10,
    },
)
