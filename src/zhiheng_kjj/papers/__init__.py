"""Papers that the bureau's ledgers give, one file per paper. All are Chinese whatever language their issuer reads."""

from __future__ import annotations

from zhiheng_kjj.papers.assignment import ASSIGNMENT
from zhiheng_kjj.papers.bulletin import BULLETIN
from zhiheng_kjj.papers.civilised_sheet import CIVILISED_SHEET
from zhiheng_kjj.papers.information_report import INFORMATION_REPORT
from zhiheng_kjj.papers.notice import NOTICE
from zhiheng_kjj.papers.recommendation import PUBLIC_LIST, RECOMMENDATION
from zhiheng_kjj.papers.reminder import REMINDER
from zhiheng_kjj.papers.supervision_summary import SUPERVISION_SUMMARY
from zhiheng_kjj.papers.yearbook_chapter import YEARBOOK_CHAPTER

KINDS = (
    ASSIGNMENT,
    REMINDER,
    NOTICE,
    SUPERVISION_SUMMARY,
    BULLETIN,
    RECOMMENDATION,
    PUBLIC_LIST,
    INFORMATION_REPORT,
    YEARBOOK_CHAPTER,
    CIVILISED_SHEET,
)
"""In the order in which pages offer them."""
