"""标准值来源 and 数据来源: what a cell says its figure rests on."""

from __future__ import annotations

import re

from zhiheng.audit.five_year_plan import YEARS, short_names
from zhiheng.audit.wording import named, normal, says_nothing
from zhiheng.parameters.parameters import Parameters
from zhiheng.plan.plan import Cell

TITLE = re.compile(r"《[^》]+》")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年度?(?!\s*\d{1,2}\s*月|以来|起|版|修订|修正|印发|发布|底|末)")
SPAN = re.compile(r"((?:19|20)\d{2})年?\s*[-—–－~～至到、和]+\s*((?:19|20)\d{2})年?")
HORIZON = ("规划", "纲要", "远景", "行动", "战略")


def is_source(text: str, parameters: Parameters) -> bool:
    """The text names where figures come from (内部统计, 统计年鉴) and holds no figure."""
    bare = normal(text).strip("。；;，,")
    if not bare or any(bare.startswith(word) for word in parameters.words("audit_references.deeds")):
        return False
    if TITLE.fullmatch(bare):
        return True
    outside = TITLE.sub("", bare)
    if re.search(r"\d", outside):
        return False
    return any(outside.endswith(word) for word in parameters.words("audit_references.source_endings"))


def is_weak(source: Cell | None, parameters: Parameters) -> bool:
    """The source of a standard is internal statistics, past years or an estimate, and nothing firmer stands beside it."""
    if source is None or says_nothing(source):
        return False
    text = normal(source.text)
    firm = "《" in text or named(text, parameters.words("audit_references.firm_sources"))
    return not firm and bool(named(text, parameters.words("audit_references.weak_sources")))


def out_of_date(source: Cell | None, year: int, parameters: Parameters) -> str:
    """The years that the yearly documents and five-year plans in ``source`` are for, if none of them covers ``year``; else ''."""
    if source is None or says_nothing(source):
        return ""
    text = normal(source.text)
    if cited := short_names(text):
        return "" if any(plan.first <= year <= plan.last for plan in cited) else " / ".join(plan.text for plan in cited)
    titles = TITLE.findall(text)
    words = parameters.words("audit_references.annual_documents" if titles else "audit_references.annual_documents_untitled")
    found: list[str] = []
    for document in titles or [text]:
        spans = [(int(first), int(last)) for first, last in (*YEARS.findall(document), *SPAN.findall(document))]
        single = [int(one) for one in YEAR.findall(SPAN.sub("", document))]
        if any(first <= year <= last for first, last in spans) or year in single:
            return ""
        if not named(document, words) or named(document, parameters.words("audit_references.standing_documents")):
            continue
        if named(document, HORIZON):
            single = [one for one in single if one < year and not spans]
            spans = [span for span in spans if span[1] < year]
        found += [f"{first}—{last}" for first, last in spans] + [str(one) for one in single]
    return " / ".join(dict.fromkeys(found))
