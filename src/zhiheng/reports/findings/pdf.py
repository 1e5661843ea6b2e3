"""The report as PDF, on A4: to be handed round and filed."""

from __future__ import annotations

from typing import Any

from zhiheng.reports.findings.view import Item, TableView, View
from zhiheng.reports.fonts import families
from zhiheng.reports.settings import Settings
from zhiheng.reports.typesetting import pdf

WORDS = ("title", "file", "row", "findings", "money", "whole_table", "problems", "failed", "objective", "no_findings", "no_tables",
         "no_indicators", "remedy_label", "error", "warning", "information")  # fmt: skip


def render(view: View, settings: Settings) -> bytes:
    """The document."""
    data = {
        "language": view.language,
        "title_fonts": families(settings, settings.title_font),
        "body_fonts": families(settings, settings.body_font),
        "words": {key: view.say(key) for key in WORDS},
        "meanings": [[view.say(level), view.say(f"{level}_meaning")] for level in ("error", "warning", "information")],
        "page_of": view.say("page_of", page="\0", pages="\1"),
        "files": [
            {
                "file": file.file,
                "problems": [_item(item) for item in file.problems],
                "tables": [_table(table, view) for table in file.tables],
            }
            for file in view.files
        ],
    }
    return pdf("zhiheng.reports.findings", "report.typ", data, settings)


def _table(table: TableView, view: View) -> dict[str, Any]:
    say, counts = view.say, table.counts
    tally = [say("of_duties", count=counts["duties"])] if counts["duties"] else []
    tally.append(say("of_indicators", count=counts["indicators"]))
    tally += [f"{say(level)} {counts[level]}" for level in ("error", "warning", "information")]
    tally += [f"{say(key)} {counts[key]}" for key in ("problems", "failed") if counts[key]]
    return {
        "title": table.title,
        "tally": tally,
        "facts": [list(fact) for fact in table.facts],
        "sums": [[line.name, line.words, line.verdict, line.verdict_words] for line in table.sums],
        "columns": list(table.columns),
        "name": table.columns.index(say("indicator")),
        "clean": not any(True for _ in table.items()),
        "whole": [_item(item) for item in table.whole],
        "groups": [
            {
                "heading": group.heading,
                "objective": group.objective,
                "rows": [
                    {
                        "row": str(row.place.row or ""),
                        "cells": [[cell.text, cell.reading] for cell in row.values],
                        "found": "  ".join(f"{item.sign}{item.code}" for item in row.items),
                    }
                    for row in group.rows
                ],
                "items": [_item(item) for item in group.items],
            }
            for group in table.groups
        ],
        "problems": [_item(item) for item in table.problems],
        "failed": [_item(item) for item in table.failed],
    }


def _item(item: Item) -> dict[str, str]:
    return {
        "level": item.level,
        "badge": f"{item.sign} {item.word}",
        "code": item.code,
        "title": item.title,
        "where": item.where,
        "about": " · ".join(words for words in (item.indicator, item.field) if words),
        "message": item.message,
        "remedy": item.remedy,
    }
