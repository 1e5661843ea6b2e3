"""``zhiheng score``: the points of a published self-evaluation, computed again and held against what was published."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhiheng_cli.texts import Failure, Language, system, text, toml

if TYPE_CHECKING:
    from zhiheng.plan.plan import Document
    from zhiheng.scoring.scheme import Scheme


class Format(StrEnum):
    """What the answer is written as."""

    TEXT = "text"
    JSON = "json"


def score(
    files: Annotated[list[Path], typer.Argument(metavar="TABLE...", help="自评表文件或文件夹 / self-evaluation tables or folders")],
    scheme: Annotated[
        str, typer.Option(metavar="NAME|FILE", help="评分方案的名称或文件；不写则按表推断 / a scheme or its file; default: the nearest")
    ] = "",
    format: Annotated[Format, typer.Option(help="输出格式 / output format")] = Format.TEXT,  # noqa: A002
    trace: Annotated[bool, typer.Option("--trace", help="说明每个得分怎样算出 / explain every number")] = False,
    lang: Annotated[Language, typer.Option(help="语言 / language", envvar="ZHIHENG_LANG")] = Language.ZH,
) -> int:
    """重算自评表的得分，逐行列出公布数与重算数。

    Recompute the points of a self-evaluation and list, row by row, where the published figure differs and by which rule.

    退出代码 / exit codes: 0 一致 / all agree; 1 有不一致 / differences;
    2 不能读取、读取不完整或不可靠、不能计分 / unreadable, cut off, not reliably read, or not to be scored.
    """
    from zhiheng.tables import read
    from zhiheng.tables.grid import Refused
    from zhiheng.tables.problems import message
    from zhiheng_cli.files import meant
    from zhiheng_cli.scored import Scored, as_json, as_text

    stated = named(scheme, lang)
    paths = list(meant(files))
    if not paths:
        raise Failure(text("no_tables", lang))
    answers: list[Scored] = []
    code = 0
    for path in paths:
        try:
            answer = recomputed(str(path), read(path), stated)
        except Refused as refusal:
            answer = Scored(str(path), refused=message(refusal.problem, lang.value))
        except OSError as fault:
            answer = Scored(str(path), refused=text("file_fault", lang, file=path, reason=system(fault, lang)))
        if answer.refused:
            print(f"zhiheng: {answer.refused}", file=sys.stderr)
        code = max(code, answer.code)
        if format is Format.TEXT:
            sys.stdout.write(as_text(answer, lang.value, trace))
        else:
            answers.append(answer)
    if format is Format.JSON:
        sys.stdout.write(as_json(answers, lang.value, trace))
    return code


def named(scheme: str, lang: Language) -> Scheme | None:
    """The scheme asked for: one that comes with the product, or a file."""
    from tomllib import TOMLDecodeError

    from zhiheng.scoring.scheme_file import SchemeError, names, read
    from zhiheng.scoring.scheme_file import scheme as shipped

    if not scheme:
        return None
    try:
        if scheme in names() or not (scheme.endswith(".toml") or Path(scheme).exists()):
            return shipped(scheme)
        return read(Path(scheme))
    except SchemeError as error:
        if isinstance(error.__cause__, TOMLDecodeError):
            raise Failure(text("file_fault", lang, file=scheme, reason=toml(str(error.__cause__), lang))) from None
        raise Failure(str(error)) from None
    except OSError as fault:
        raise Failure(text("file_fault", lang, file=scheme, reason=system(fault, lang))) from None


def recomputed(file: str, document: Document, stated: Scheme | None) -> Scored:
    """Every table of a file, recomputed."""
    from zhiheng.scoring.recompute import recompute
    from zhiheng_cli.scored import Scored

    return Scored(file, tuple((table, recompute(table.plan, stated)) for table in document.tables), document.problems)


if TYPE_CHECKING:
    from zhiheng_cli.scored import Scored
