"""Rows of publication. Others import them from here."""

from zhiheng_web.publication.models.packages import (
    Clock,
    Package,
    PackageDecision,
    PackageTable,
    Paragraph,
    ProposalAnswer,
    Redaction,
    Withdrawal,
)

__all__ = ["Clock", "Package", "PackageDecision", "PackageTable", "Paragraph", "ProposalAnswer", "Redaction", "Withdrawal"]
