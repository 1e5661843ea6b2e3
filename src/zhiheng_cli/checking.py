"""One file, read and audited and put into words: the work of ``check``, done in a process of its own for each file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from zhiheng.audit.catalogue import rule
from zhiheng.audit.engine import Audit, audit
from zhiheng.audit.finding import Finding
from zhiheng.audit.rule import message
from zhiheng.audit.selection import Selection
from zhiheng.parameters.parameters import in_force
from zhiheng.plan.plan import Document, Table
from zhiheng.tables import read
from zhiheng.tables.canonical import document_json, place_json
from zhiheng.tables.grid import Refused
from zhiheng.tables.problems import message as problem_message
from zhiheng_cli.texts import Failure, text


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked about every file. ``parameters`` are the office's own, ``width`` the columns of a screen."""

    language: str
    format: str
    selection: Selection
    parameters: Mapping[str, str]
    summary: bool
    width: int
    colour: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one file gave: ``text`` or a ``report``, and the figures for the total.

    ``refused`` says why a file could not be read; empty when it could.
    """

    file: str
    text: str = ""
    report: bytes = b""
    refused: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


def examine(wanted: Wanted, path: Path) -> Outcome:
    """Read and audit one file. A file that cannot be read, or at which the program fails, is an answer too."""
    try:
        document = read(path)
    except Refused as refusal:
        return given_up(wanted, path, refusal.problem.code, problem_message(refusal.problem, wanted.language))
    except OSError as fault:
        return given_up(wanted, path, "unreadable", text("file_fault", wanted.language, file=path, reason=fault.strerror or fault))
    except Exception as fault:  # noqa: BLE001 - the other files still get their answer
        reason = f"{type(fault).__name__}: {fault}"
        return given_up(wanted, path, "defect", text("file_defect", wanted.language, file=path, reason=reason))
    audits = tuple(audited(table, wanted) for table in document.tables)
    counts = counted(document, audits)
    if wanted.format == "json":
        return Outcome(str(path), text=json_of(document, audits, wanted), counts=counts)
    if wanted.format == "text":
        from zhiheng_cli.screen import shown

        return Outcome(str(path), text=shown(path, document, audits, wanted), counts=counts)
    from zhiheng.reports.findings import Checked, render_report

    checked = Checked(document, audits)
    return Outcome(str(path), report=render_report(checked, wanted.format, wanted.language), counts=counts)


def audited(table: Table, wanted: Wanted) -> Audit:
    """The table's findings, by the parameters in force at the end of its budget year; a table without a year by today's."""
    day = date(table.plan.year, 12, 31) if table.plan.year else date.today()
    return audit(table, in_force(day, wanted.parameters), wanted.selection)


def counted(document: Document, audits: tuple[Audit, ...]) -> Counter[str]:
    """The figures of one file."""
    counts: Counter[str] = Counter(found.severity.value for result in audits for found in result.findings)
    counts["tables"] = len(document.tables)
    counts["indicators"] = sum(len(table.plan.indicators) for table in document.tables)
    counts["failed"] = sum(len(result.failed) for result in audits)
    counts["problems"] = len(document.problems) + sum(len(table.problems) for table in document.tables)
    return counts


def json_of(document: Document, audits: tuple[Audit, ...], wanted: Wanted) -> str:
    """The file as canonical JSON with its findings, in the language asked for."""
    answer: dict[str, Any] = {
        "plan": document_json(document),
        "findings": [finding_json(found, wanted.language) for result in audits for found in result.findings],
        "failed": [{"code": one.code, "reason": f"{one.exception}: {one.text}"} for result in audits for one in result.failed],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


def finding_json(found: Finding, language: str) -> dict[str, Any]:
    """One finding as data."""
    return {
        "code": found.code,
        "severity": found.severity.value,
        "place": place_json(found.place),
        "parameters": dict(found.parameters),
        "message": message(rule(found.code), found, language),
    }


def given_up(wanted: Wanted, path: Path, code: str, reason: str) -> Outcome:
    """The answer for a file of which nothing is known."""
    answer = ""
    if wanted.format == "json":
        error = {"file": str(path), "code": code, "message": reason}
        answer = json.dumps({"plan": None, "findings": [], "error": error}, ensure_ascii=False)
    elif wanted.format == "text":
        answer = f"{path}\n  {text('unread', wanted.language)} {reason}\n"
    return Outcome(str(path), text=answer, refused=reason if str(path.name) in reason else f"{path}: {reason}")


def died(wanted: Wanted, path: Path) -> Outcome:
    """The answer for a file that took its process down."""
    return given_up(wanted, path, "died", text("died", wanted.language, file=path))


def settings(config: Path | None, select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[Mapping[str, str], Selection]:
    """The office's own parameters and the rules to run: its configuration, with the command line laid over it."""
    from dataclasses import replace

    from zhiheng.audit.catalogue import RULES
    from zhiheng.audit.selection import Configuration, Unknown, configuration

    own = configuration(config) if config else Configuration()
    selection = replace(own.selection, select=select or own.selection.select, ignore=own.selection.ignore + ignore)
    try:
        selection.of(RULES)
        in_force(date.today(), own.parameters)
    except Unknown as unknown:
        nearest = text("nearest_rule", nearest=unknown.nearest) if unknown.nearest else ""
        raise Failure(text("unknown_rule", name=unknown.name) + nearest) from None
    except KeyError as unknown_key:
        raise Failure(str(unknown_key.args[0])) from None
    return own.parameters, selection


def endings() -> frozenset[str]:
    """The endings of files that can be a table."""
    from zhiheng.tables import ENDINGS

    return frozenset(ENDINGS)
