"""C08 and C12: what the indicators of a table look at, taken together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhiheng.audit.rule import Case
from zhiheng.audit.wording import named, row_text, says_nothing, squeezed
from zhiheng.plan.plan import Indicator
from zhiheng.values.value import Deadline

CATEGORY_WORDS = {
    "质量": ("质量",),
    "时效": ("时效",),
    "成本": ("成本",),
    "效益": ("效益", "效果", "影响"),
    "满意度": ("满意",),
}
"""How the categories of both national trees, and of department forms, name the five kinds."""


def kinds_of_indicator(case: Case) -> set[str]:
    """The kinds that the table's indicators are of.

    Categories tell where the form has them. A duty table has none: there the words of a row must do, and for timeliness
    only its name and value, since nearly every explanation says 及时.
    """
    rows = [row for row in case.plan.indicators if not says_nothing(row.name)]
    kinds = {kind for row in rows for kind, words in CATEGORY_WORDS.items() if named(" ".join(row.category), words)}
    for row in rows:
        if not row.category:
            kinds |= kinds_by_words(case, row)
        elif named(row_text(row, "name"), case.parameters.words("audit_completeness.satisfaction_words")):
            kinds.add("满意度")
    return kinds


def kinds_by_words(case: Case, row: Indicator) -> set[str]:
    """The kinds that the words of an uncategorised row show."""
    words = case.parameters.words
    name_and_value, all_words = row_text(row, "name", "target"), row_text(row, "name", "definition", "target")
    kinds = set()
    if named(all_words, words("audit_completeness.satisfaction_words")):
        kinds.add("满意度")
    if named(all_words, words("audit_completeness.quality_words")):
        kinds.add("质量")
    if named(name_and_value, words("audit_completeness.benefit_words")):
        kinds.add("效益")
    if named(name_and_value, words("audit_completeness.cost_words")):
        kinds.add("成本")
    due = row.target is not None and isinstance(row.target.reading.value, Deadline)
    if due or named(name_and_value, words("audit_completeness.time_words")):
        kinds.add("时效")
    return kinds


CLAUSE = re.compile(
    r"[。；;\n！!]|(?:^|(?<=[。；;\n，,：:\s]))(?:目标)?(?:[（(]?\d{1,2}[)）]|\d{1,2}[、.．:：](?!\d)|[一二三四五六七八九十]{1,2}[、是]|[①-⑳])"
)
NO_WORD = re.compile(r"[^\u4e00-\u9fffA-Za-z]+")


def promises(case: Case, text: str) -> Iterator[str]:
    """The clauses of a goal that share not one pair of content characters with any indicator, short forms included.

    Common words are left out on both sides, and a clause with too little content of its own is passed over, so that a
    general preamble is not taken for a promise.
    """
    rows = [row for row in case.plan.indicators if not says_nothing(row.name)]
    if not rows:
        return
    common = sorted(case.parameters.words("audit_completeness.common_words"), key=len, reverse=True)
    texts = [row_text(row, "name", "definition", "target", "category") for row in rows]
    known = frozenset().union(*(pairs(text, common) for text in texts))
    known_short = frozenset().union(*(pairs(text, common, SHORTENED) for text in texts))
    least = case.parameters.number("audit_completeness.least_content")
    for clause in CLAUSE.split(re.sub(r"[^\S\n]+", " ", text)):
        words = clause.strip(" 　，,、：:")
        own = pairs(words, common)
        if len(own) >= least and not own & known_short and not pairs(words, common, SHORTENED) & known:
            yield words


SHORTENED = 4
"""How far apart the two characters of a short form may stand in the full one: 科普 in 科学普及, 高企 in 高新技术企业."""


def pairs(text: str, common: list[str], reach: int = 1) -> frozenset[str]:
    """Two characters of the text, up to ``reach`` apart, once its common words are out."""
    for word in common:
        text = text.replace(word, " ")
    runs = NO_WORD.sub(" ", text).split()
    return frozenset(
        run[start] + run[start + step] for run in map(squeezed, runs) for step in range(1, reach + 1) for start in range(len(run) - step)
    )
