"""``zhiheng check``: what is in a table and what is wrong with it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from zhiheng_cli.texts import Failure, Language, text

if TYPE_CHECKING:
    from zhiheng_cli.checking import Outcome, Wanted


class Format(StrEnum):
    """What the answer is written as."""

    TEXT = "text"
    JSON = "json"
    XLSX = "xlsx"
    HTML = "html"
    PDF = "pdf"


class Threshold(StrEnum):
    """From which severity on a finding makes the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    NEVER = "never"


PIPED_WIDTH = 100
"""Columns of the text output where no terminal says how wide it is."""


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILES...", help="表格文件或文件夹 / tables or folders")],
    format: Annotated[  # noqa: A002
        Format | None,
        typer.Option(metavar="FORMAT", help="输出格式 text json xlsx html pdf ，缺省随 --out / output format; default: by --out"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="写入文件；若为文件夹，则每个表一份报告 / file to write; a folder: one report per table"),
    ] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="PATH", help="本单位的设置：规则、级别、参数 / the office's own rules, severities, parameters")
    ] = None,
    earlier: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="以前年度的表，可重复，供跨年规则对照 / a table of an earlier year, may be repeated"),
    ] = None,
    approved: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="批复的目标表，供自评表对照 / the approved table, beside a self-evaluation")
    ] = None,
    select: Annotated[list[str] | None, typer.Option(metavar="RULES", help="只用这些规则，如 R 或 R03,H01 / only these rules")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="RULES", help="不用这些规则 / not these rules")] = None,
    fail_on: Annotated[
        Threshold,
        typer.Option(metavar="LEVEL", help="达到此级别即以 1 退出 error warning information never / exit code 1 from here on"),
    ] = Threshold.ERROR,
    jobs: Annotated[int, typer.Option(metavar="N", min=0, help="同时处理的文件数 / files at a time, 0: all cores")] = 0,
    summary: Annotated[bool, typer.Option("--summary", help="每个文件一行 / one line per file")] = False,
    progress: Annotated[bool | None, typer.Option(help="显示进度，缺省只在终端 / progress; default: on a terminal")] = None,
    lang: Annotated[Language, typer.Option(help="语言 / language", envvar="ZHIHENG_LANG")] = Language.ZH,
) -> int:
    """检查绩效目标表、自评表：表头与资金、职责、指标、问题和建议。

    Check tables: header and money, duties, indicators, findings with place and suggestion.

    退出代码 / exit codes: 0 没有错误级问题 / nothing grave; 1 有错误级问题 / findings of level error;
    2 有文件无法读取或有规则未能运行 / a file could not be read or a rule could not be run.
    """
    from zhiheng_cli.beside import plans
    from zhiheng_cli.checking import Wanted, settings
    from zhiheng_cli.files import meant

    paths = list(meant(files))
    if not paths:
        raise Failure(text("no_tables", lang))
    chosen = format or by_ending(out, lang)
    several = len(paths) > 1
    report = None if chosen in (Format.TEXT, Format.JSON) else chosen.value
    if report and several and out is None:
        raise Failure(text("folder_needed", lang, format=chosen.value))
    if report and out is None and sys.stdout.isatty():
        raise Failure(text("out_needed", lang, format=chosen.value))
    together = bool(report and several and out and out.suffix.lower() == f".{report}" and not out.is_dir())
    each = reports_of(paths, out, report, lang) if report and out and not together else []
    before, promised = tuple(meant(earlier or ())), tuple(meant(approved or ()))
    for beside in (before, promised):
        plans(beside, lang.value)  # what is named and cannot be read is said before anything is checked
    protect(each or ([out] if out else []), [*paths, *before, *promised], lang)
    to_terminal = out is None and sys.stdout.isatty()
    width, colour = screen_size(to_terminal)
    own, selection = settings(config, names(select), names(ignore), lang)
    wanted = Wanted(lang.value, chosen.value, selection, own, summary, width, colour, together, before, promised)
    outcomes = watched(run(paths, wanted, jobs), len(paths), progress, to_terminal, lang)
    if together and out:
        total = write_one_report(outcomes, out, chosen, lang)
    elif report:
        total = write_reports(outcomes, each, None if each == [out] else out)
    else:
        total = write_text(outcomes, out, several, chosen is Format.JSON, lang)
    return exit_code(total, fail_on)


def run(paths: list[Path], wanted: Wanted, jobs: int) -> Iterator[Outcome]:
    """The outcome of every file, in order, over the cores."""
    from zhiheng_cli.checking import died, examine
    from zhiheng_cli.crowd import answers, cores

    return answers(partial(examine, wanted), paths, min(jobs or cores(), len(paths)), partial(died, wanted))


def write_text(outcomes: Iterable[Outcome], out: Path | None, several: bool, json: bool, lang: Language) -> Counter[str]:
    """Text or JSON of all files, one after the other, each written as soon as it is known."""
    total: Counter[str] = Counter()
    with ExitStack() as stack:
        stream: TextIO = stack.enter_context(out.open("w", encoding="utf-8")) if out else sys.stdout
        if json and several:
            stream.write('{"files": [\n')
        for number, outcome in enumerate(outcomes):
            if number and json:
                stream.write(",\n")
            if several or json or not outcome.refused:
                stream.write(outcome.text)
            count(total, outcome)
            if outcome.refused and not (several and stream.isatty()):  # a terminal shows it once, among the others
                print(f"zhiheng: {outcome.refused}", file=sys.stderr)
        if json:
            stream.write("\n]}\n" if several else "\n")
        elif several:
            stream.write(f"\n{text('total', lang, **figures(total))}\n")
    return total


def write_reports(outcomes: Iterable[Outcome], each: list[Path], folder: Path | None) -> Counter[str]:
    """One report per file, each to its own path of ``each``, in a ``folder`` that is made; without paths to standard output."""
    total: Counter[str] = Counter()
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    for number, outcome in enumerate(outcomes):
        count(total, outcome)
        if outcome.refused:
            print(f"zhiheng: {outcome.refused}", file=sys.stderr)
        elif each:
            each[number].write_bytes(outcome.report)
        else:
            sys.stdout.buffer.write(outcome.report)
    return total


def write_one_report(outcomes: Iterable[Outcome], out: Path, format: Format, lang: Language) -> Counter[str]:  # noqa: A002
    """One report on all files: what could not be read is said on standard error."""
    from zhiheng.reports.findings import render_report

    total: Counter[str] = Counter()
    all_checked = []
    for outcome in outcomes:
        count(total, outcome)
        if outcome.checked:
            all_checked.append(outcome.checked)
        else:
            print(f"zhiheng: {outcome.refused}", file=sys.stderr)
    if all_checked:
        out.write_bytes(render_report(all_checked, format.value, lang.value))
    return total


def reports_of(paths: list[Path], out: Path, format: str, lang: Language) -> list[Path]:  # noqa: A002
    """Where the report on each file goes: into the folder ``out``, or for a single file to the file ``out``.

    A name without an ending means a folder, however many tables there are; a device or pipe takes one report as it is.
    """
    device = out.exists() and not out.is_dir() and not out.is_file()
    if len(paths) == 1 and (device or (out.suffix and not out.is_dir())):
        return [out]
    if out.exists() and not out.is_dir():
        raise Failure(text("folder_is_file", lang, file=out, format=format))
    used: Counter[str] = Counter()
    return [out / report_name(path.name, format, used) for path in paths]


def report_name(name: str, format: str, used: Counter[str]) -> str:  # noqa: A002
    """The report's file name, told apart from others of the same name."""
    used[name] += 1
    return f"{name}.{format}" if used[name] == 1 else f"{name}-{used[name]}.{format}"


def count(total: Counter[str], outcome: Outcome) -> None:
    """Add one file to the total."""
    total.update(outcome.counts)
    total.update(files=1, refused=1 if outcome.refused else 0)


def figures(total: Counter[str]) -> dict[str, int]:
    """Every figure that the closing line names."""
    return {key: total[key] for key in ("files", "refused", "tables", "indicators", "error", "warning", "information", "failed")}


def exit_code(total: Counter[str], fail_on: Threshold) -> int:
    """0, 1 or 2: what a script needs to know."""
    if total["refused"] or total["failed"]:
        return 2
    counted = {
        Threshold.ERROR: ("error",),
        Threshold.WARNING: ("error", "warning"),
        Threshold.INFORMATION: ("error", "warning", "information"),
        Threshold.NEVER: (),
    }[fail_on]
    return 1 if any(total[level] for level in counted) else 0


def by_ending(out: Path | None, lang: Language) -> Format:
    """The format that the name of the output asks for; text when it says nothing. Another ending is no format."""
    ending = out.suffix.lower().removeprefix(".") if out else ""
    if ending in list(Format):
        return Format(ending)
    if out and ending not in ("", "txt") and not out.is_dir():
        known = ".txt " + " ".join(f".{known}" for known in Format if known is not Format.TEXT)
        raise Failure(text("unknown_out", lang, file=out, known=known))
    return Format.TEXT


def names(words: list[str] | None) -> tuple[str, ...]:
    """``R03,H01 C`` as single names."""
    return tuple(name for word in words or () for name in word.replace(",", " ").replace("，", " ").split())


def protect(written: list[Path], paths: list[Path], lang: Language) -> None:
    """Never write over a table that is to be read, by whatever name."""
    read = {identity(path) for path in paths}
    for target in written:
        if target.is_file() and identity(target) in read:
            raise Failure(text("over_input", lang, file=target))


def identity(path: Path) -> tuple[int, int]:
    """Which file of the machine it is."""
    found = path.stat()
    return found.st_dev, found.st_ino


def screen_size(terminal: bool) -> tuple[int, bool]:
    """Columns and whether colours are shown: by the terminal; a pipe gets plain text."""
    import os
    import shutil

    if terminal:
        return shutil.get_terminal_size((PIPED_WIDTH, 24)).columns, "NO_COLOR" not in os.environ
    columns = os.environ.get("COLUMNS", "")
    return (int(columns) if columns.isdigit() and int(columns) >= 40 else PIPED_WIDTH), False


def watched(outcomes: Iterator[Outcome], total: int, progress: bool | None, to_terminal: bool, lang: Language) -> Iterator[Outcome]:
    """The outcomes, with a progress bar on standard error while they come."""
    shown = sys.stderr.isatty() if progress is None else progress
    if not shown or (total == 1 and progress is None):
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, force_terminal=True if progress else None)
    label, name = TextColumn(text("checking", lang)), TextColumn("{task.description}")
    columns = (label, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), name)
    with Progress(*columns, console=console, transient=True, redirect_stdout=to_terminal) as bar:
        task = bar.add_task("", total=total)
        for outcome in outcomes:
            bar.update(task, advance=1, description=Path(outcome.file).name)
            yield outcome
