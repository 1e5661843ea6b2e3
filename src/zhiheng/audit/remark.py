"""备注: whether what stands there is a reason.

The column asks why standard and history are lacking, and for anything else that needs a word. Many tables use it for a
category of the row (重点工作, 新增), which explains nothing.
"""

from __future__ import annotations

import re

from zhiheng.audit.wording import says_nothing, squeezed
from zhiheng.parameters.parameters import Parameters
from zhiheng.plan.plan import Cell

BETWEEN = re.compile(r"[\s、，,；;。/|（）()]+|及|和")
YEAR = re.compile(r"^((?:19|20)\d{2})年?度?|^(?:今年|本年度?|当年)")


def pieces(text: str) -> tuple[str, ...]:
    """The parts of a remark: 重点工作、新增 → 重点工作, 新增."""
    return tuple(part for part in map(squeezed, BETWEEN.split(text)) if part)


def is_category(text: str, parameters: Parameters) -> bool:
    """The remark names only what sort of row this is, or where its figures come from."""
    words = {*parameters.words("audit_references.category_remarks"), *parameters.words("audit_references.source_words")}
    found = pieces(text)
    return bool(found) and all(YEAR.sub("", part) in words for part in found)


def gives_reason(remark: Cell | None, parameters: Parameters) -> bool:
    """Something stands in the remark that can be a reason: not blank, no placeholder, not only a category."""
    return remark is not None and not says_nothing(remark) and not is_category(remark.text, parameters)


def says_new(remark: Cell | None, year: int | None, parameters: Parameters) -> bool:
    """The remark calls the row new (新增) in the budget year. 2019年新增 in a table of 2020 is not new any more."""
    if remark is None:
        return False
    words = parameters.words("audit_references.new_remarks")
    for part in pieces(remark.text):
        dated = YEAR.match(part)
        named = int(dated.group(1)) if dated and dated.group(1) else None
        if YEAR.sub("", part) in words and (named is None or year is None or named >= year):
            return True
    return False
