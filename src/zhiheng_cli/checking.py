"""One file, read and audited and put into words: the work of ``check``, done in a process of its own for each file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from zhiheng.audit.catalogue import RULES, rule
from zhiheng.audit.configuration import Configuration, Misconfigured, configuration
from zhiheng.audit.engine import Audit, audit
from zhiheng.audit.finding import Finding
from zhiheng.audit.rule import message
from zhiheng.audit.selection import Selection, Unknown
from zhiheng.parameters.parameters import in_force
from zhiheng.plan.plan import Table
from zhiheng.reports.findings import Checked, render_report
from zhiheng.tables import read
from zhiheng.tables.canonical import document_json, place_json
from zhiheng.tables.grid import Refused
from zhiheng.tables.problems import message as problem_message
from zhiheng_cli.beside import context_of, plans
from zhiheng_cli.texts import Failure, system, text, toml, unknown_rule


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked about every file.

    ``parameters`` are the office's own, ``width`` the columns of a screen; ``together``: one report on all files, so
    that the findings themselves are needed. ``earlier`` are files with tables of years before, ``approved`` with the approved ones.
    """

    language: str
    format: str
    selection: Selection
    parameters: Mapping[str, str]
    summary: bool
    width: int
    colour: bool
    together: bool = False
    earlier: tuple[Path, ...] = ()
    approved: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one file gave: ``text``, a ``report`` or the findings themselves, and the figures for the total.

    ``refused`` says why a file could not be read; empty when it could.
    """

    file: str
    text: str = ""
    report: bytes = b""
    checked: Checked | None = None
    refused: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


def examine(wanted: Wanted, path: Path) -> Outcome:
    """Read and audit one file. A file that cannot be read, or at which the program fails, is an answer too."""
    try:
        return answered(wanted, path)
    except Refused as refusal:
        return given_up(wanted, path, refusal.problem.code, problem_message(refusal.problem, wanted.language))
    except OSError as fault:
        return given_up(wanted, path, "unreadable", text("file_fault", wanted.language, file=path, reason=system(fault, wanted.language)))
    except Exception as fault:  # noqa: BLE001 - the other files still get their answer
        reason = f"{type(fault).__name__}: {fault}"
        return given_up(wanted, path, "defect", text("file_defect", wanted.language, file=path, reason=reason))


def answered(wanted: Wanted, path: Path) -> Outcome:
    """The file in the form asked for."""
    document = read(path)
    checked = Checked(document, tuple(audited(table, wanted) for table in document.tables))
    counts = counted(checked)
    if wanted.format == "json":
        return Outcome(str(path), text=json_of(checked, wanted), counts=counts)
    if wanted.format == "text":
        return Outcome(str(path), text=words(path, checked, counts, wanted), counts=counts)
    if wanted.together:
        return Outcome(str(path), checked=checked, counts=counts)
    return Outcome(str(path), report=render_report(checked, wanted.format, wanted.language), counts=counts)


def words(path: Path, checked: Checked, counts: Counter[str], wanted: Wanted) -> str:
    """The answer as text."""
    from zhiheng_cli.screen import shown, summary

    if wanted.summary:
        return f"{path}{text('colon', wanted.language)}{summary(counts, wanted.language)}\n"
    return shown(str(path), checked, wanted.language, wanted.width, wanted.colour)


def audited(table: Table, wanted: Wanted) -> Audit:
    """The table's findings, by the parameters in force at the end of its budget year; a table without a year by today's."""
    day = date(table.plan.year, 12, 31) if table.plan.year else date.today()
    beside = context_of(table.plan, plans(wanted.earlier, wanted.language), plans(wanted.approved, wanted.language))
    return audit(table, in_force(day, wanted.parameters), wanted.selection, context=beside)


def counted(checked: Checked) -> Counter[str]:
    """The figures of one file."""
    tables, audits = checked.document.tables, checked.audits
    counts: Counter[str] = Counter(found.severity.value for result in audits for found in result.findings)
    counts["tables"] = len(tables)
    counts["duties"] = sum(len(table.plan.duties) for table in tables)
    counts["indicators"] = sum(len(table.plan.indicators) for table in tables)
    counts["failed"] = sum(len(result.failed) for result in audits)
    counts["problems"] = len(checked.document.problems) + sum(len(table.problems) for table in tables)
    return counts


def json_of(checked: Checked, wanted: Wanted) -> str:
    """The file as canonical JSON with its findings, in the language asked for."""
    answer: dict[str, Any] = {
        "plan": document_json(checked.document),
        "findings": [finding_json(found, wanted.language) for result in checked.audits for found in result.findings],
        "failed": [{"code": one.code, "reason": f"{one.exception}: {one.text}"} for result in checked.audits for one in result.failed],
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
    return Outcome(str(path), text=answer, refused=reason if str(path) in reason else f"{path}: {reason}")


def died(wanted: Wanted, path: Path) -> Outcome:
    """The answer for a file that took its process down."""
    return given_up(wanted, path, "died", text("died", wanted.language, file=path))


def settings(config: Path | None, select: tuple[str, ...], ignore: tuple[str, ...], language: str) -> tuple[Mapping[str, str], Selection]:
    """The office's own parameters and the rules to run: its configuration, with the command line laid over it."""
    try:
        own = configuration(config) if config else Configuration()
    except Misconfigured as fault:
        raise Failure(misconfigured(fault, config or Path(), language)) from None
    selection = replace(own.selection, select=select or own.selection.select, ignore=own.selection.ignore + ignore)
    try:
        selection.of(RULES)
    except Unknown as unknown:
        raise Failure(unknown_rule(unknown, language)) from None
    return own.parameters, selection


def misconfigured(fault: Misconfigured, config: Path, language: str) -> str:
    """What is wrong with the configuration, with its whole path and the system's words in the person's language."""
    said = {**fault.parameters, "file": str(config)}
    if isinstance(fault.__cause__, OSError):
        said["reason"] = system(fault.__cause__, language)
    elif fault.code == "syntax":
        said["reason"] = toml(said["reason"], language)
    return Misconfigured(fault.code, **said).text(language)
