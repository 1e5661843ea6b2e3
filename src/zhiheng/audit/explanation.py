"""指标解释: the figures it states as the aim, and the items it names.

An explanation holds other numbers too: conditions of what is counted (10人以上的团队), last year's figures, shares, formulas.
Only a number in the target's own unit that stands where an aim stands is taken; what may be anything else is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhiheng.audit.standing import Level, number
from zhiheng.audit.wording import normal
from zhiheng.values.lexicon import BEFORE, SIGNS, any_of
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context
from zhiheng.values.value import Comparator, Quantity

STOP = "，,。；;、：:！!?？\n"
DIGITS = r"\d[\d,]*(?:\.\d+)?"
BOUNDS = any_of([*SIGNS, *(word for word, op in BEFORE.items() if op is not Comparator.EQ)])
AFTER = r"(?:\(含\))?(?:及|或|含)?(?:以上|以下|以内|左右|上下|之内|内)?(?:\(含\))?"
NUMERAL = r"[二两三四五六七八九十百千]+"
CONDITION_BEFORE = re.compile(
    r"(?:其中.*|每.{0,5}|第|法定.*|规定.*|原有?|上年.*|去年.*|往年.*|现有.*|目前.*|已有?|截至.*|基础上.*|(?<!占)比(?![例重率值]).+|较.+|同比.*|满|年龄.*|对象.*|条件.*"
    r"|标准.*|占|[×xX*÷/]|之|连续|为期|历时|(?<!\d)\d{1,2}年.*|增长|提高|下降|降低|增幅|增速|减少|缩短|压减|节约)$"
)
OTHER_SPAN = re.compile(r"十[一二三四五六]五|规划期|中长期|[两二三四五]年(?:内|期|来|累计)|期末|远期")
CONDITION_WORDS = (
    "注册资本", "年收入", "营业收入", "销售收入", "年产值", "投资额", "单价", "单笔", "单个", "最高", "最低", "人均", "户均", "平均",
    "限额", "上限", "下限", "起点", "累计", "总数", "总量", "共有",
)  # fmt: skip
"""Words before a number that make it a condition, a rate or a total, unless the name itself speaks of that."""

CONDITION_AFTER = re.compile(r"^(?:的|以上的|及以上的|规模|级|型|制|类|期|维|强)")
DEED = re.compile(
    r"(?:完成|组织|举办|开展|召开|新增|净增|新建|建设|建成|建立|培育|培训|培养|引进|认定|备案|促成|达成|达到|达|扶持|支持|选派|征集|发布|编制|制定|出台"
    r"|修订|办理|受理|检查|抽查|走访|对接|推荐|申报|争取|入库|转化|实现|签订|登记|孵化|发放|购置|采购|种植|改造|新备案|新认定|为|到|共|约|计)$"
)
ITEMS_END = re.compile(r"等(?:[\u4e00-\u9fff]{0,6})$")
TITLES = re.compile(r"《[^》]+》")
BASIS = re.compile(r"(?:根据|按照|依据|按|落实|贯彻|执行|对照|参照|围绕|结合|依照|遵照)[^，。；]*$")


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of an explanation: as written, as a level, and its comparator."""

    text: str
    level: Level
    op: Comparator


def stated_figures(definition: str, name: str, target: Quantity, year: int | None) -> tuple[Stated, ...]:
    """The figures in the target's unit that the explanation gives as the aim of the indicator ``name``.

    Empty for a target without unit.
    """
    aim = number(target)
    if aim is None or not aim.unit:
        return ()
    found: list[Stated] = []
    for clause in clauses(definition):
        for phrase, before, after in phrases(clause, target.unit):
            if not is_aim(before, phrase, after, year) or any(word in before and word not in name for word in CONDITION_WORDS):
                continue
            value = parse(phrase, Context(unit="")).value
            level = number(value)
            if isinstance(value, Quantity) and level is not None and level.unit == aim.unit:
                found.append(Stated(phrase, level, value.op))
    return tuple(found)


def clauses(text: str) -> Iterator[str]:
    """The parts of a text between its stops. A comma between digits is no stop."""
    yield from (part for part in re.split(rf"(?<!\d)[{STOP}]|[{STOP}](?!\d)", normal(text)) if part)


def phrases(clause: str, unit: str) -> Iterator[tuple[str, str, str]]:
    """(number phrase, what stands before, what after) of every number in a unit that may be the target's."""
    base = re.sub(r"^[十百千万亿]+(?=.)", "", unit)
    spelt = r"(?:%|百分比)" if unit == "%" else re.escape(base)
    pattern = re.compile(
        rf"(?P<number>{BOUNDS}?(?:{DIGITS}(?:[-~至到]{DIGITS})?|{NUMERAL})[余多]?(?:[十百千万亿]{{0,2}}){spelt}{AFTER})(?P<after>.*)"
    )
    position = 0
    while found := pattern.search(clause, position):
        position = found.end("number")
        yield found["number"], clause[: found.start("number")], found["after"]


def is_aim(before: str, phrase: str, after: str, year: int | None) -> bool:
    """The number is what is to be reached, as far as the words around it show."""
    before, after = before.rstrip('(（“"\u3000 '), after.lstrip(')）”"')
    if CONDITION_BEFORE.search(before) or CONDITION_AFTER.search(after) or OTHER_SPAN.search(before):
        return False
    if any(int(other) != year for other in re.findall(r"((?:19|20)\d{2})年", before)):
        return False
    if not re.search(r"\d", phrase):
        return not after
    if not after or after.startswith(("(", "（")):
        return True
    compared = re.search(r"(?:以上|以下|以内|左右|内)$", phrase)
    return bool(DEED.search(before)) or (not compared and not before)


def named_items(definition: str, deeds: tuple[str, ...]) -> tuple[int, bool] | None:
    """How many items the explanation names as what is to be set up or issued, and whether it adds 等.

    Items are titles in 《》 that are no basis, or an enumeration after a verb of making whose members all end with one noun
    (…制度、…制度、…制度). Anything else names kinds, places or people and is not counted: None.
    """
    text = normal(definition).rstrip("。.；;")
    for sentence in re.split(r"[，,。；;：:]", text):
        titles = [found for found in TITLES.finditer(sentence) if not BASIS.search(sentence[: found.start()])]
        if len(titles) >= 2 and len(titles) == len(TITLES.findall(sentence)):
            rest = sentence[titles[-1].end() :]
            return len(titles), rest.startswith("等") and not re.match(r"等\d", rest)
        found = enumerated(sentence, deeds)
        if found is not None:
            return found
    return None


def enumerated(sentence: str, deeds: tuple[str, ...]) -> tuple[int, bool] | None:
    """建立…制度、…制度、…制度等 → (3, True)."""
    start = next((deed for deed in sorted(deeds, key=len, reverse=True) if sentence.startswith(deed)), "")
    if not start:
        return None
    body = sentence[len(start) :]
    open_end = bool(ITEMS_END.search(body))
    if re.search(r"等(?:\d|[一二三四五六七八九十])", body):
        return None
    items = [item for item in re.split(r"、|以及|及(?=[^、]{4})", ITEMS_END.sub("", body)) if item]
    if len(items) < 2:
        return None
    last = items[-1]
    noun = next((last[-size:] for size in (4, 3, 2) if all(item.endswith(last[-size:]) and len(item) > size for item in items)), "")
    return (len(items), open_end) if noun else None
