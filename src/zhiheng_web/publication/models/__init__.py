"""Rows of publication. Others import them from here."""

from zhiheng_web.publication.models.packages import Package, PackageTable, Paragraph, Redaction

__all__ = ["Package", "PackageTable", "Paragraph", "Redaction"]
