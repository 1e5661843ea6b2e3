"""``zhiheng convert``: a readable table as the official form, or as another system exchanges it, in another kind of file."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhiheng_cli.texts import Failure, Language, text

if TYPE_CHECKING:
    from zhiheng.plan.plan import Document
    from zhiheng.reports.settings import Settings


class Format(StrEnum):
    """The kinds of file a table is written as."""

    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    TXT = "txt"
    TSV = "tsv"
    JSON = "json"
    STRATML = "stratml"
    IATI = "iati"


ENDINGS = {**{known.value: known for known in Format}, "htm": Format.HTML}


def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="要读取的表格文件 / the table to read")],
    target: Annotated[Path | None, typer.Argument(metavar="OUT", help="写成的文件，格式看扩展名 / its ending says the format")] = None,
    to: Annotated[Format | None, typer.Option(help="格式；不写 OUT 时写到标准输出 / format; without OUT to standard output")] = None,
    title_font: Annotated[str, typer.Option(help="标题字体 / font of titles")] = "",
    body_font: Annotated[str, typer.Option(help="正文字体 / font of the text")] = "",
    fonts: Annotated[list[Path] | None, typer.Option(help="PDF 所用字体文件的文件夹 / folders of font files for the PDF")] = None,
    lang: Annotated[Language, typer.Option(help="语言 / language", envvar="ZHIHENG_LANG")] = Language.ZH,
) -> int:
    """把表格换成正式表样（xlsx、docx、pdf、html、txt）、规范 JSON，或 StratML、IATI 交换文件。

    Print a table on its official form, or as canonical JSON, StratML Part 2 or IATI results, both of which are read too.
    Problems of reading, and what the format cannot hold, go to standard error.
    """
    from zhiheng_cli.exchanged import exchanged, opened

    format_ = wanted(target, to, lang)
    if target and target.exists() and source.exists() and target.samefile(source):
        raise Failure(text("over_input", lang, file=target))
    document = opened(source, lang)
    if format_ in (Format.STRATML, Format.IATI):
        data = exchanged(document, format_.value, lang)
    else:
        data = rendered(document, format_, settings(title_font, body_font, fonts or []), lang)
    if target:
        target.write_bytes(data)
    elif sys.stdout.isatty() and format_ in (Format.XLSX, Format.DOCX, Format.PDF):
        raise Failure(text("out_needed", lang, format=format_.value))
    else:
        sys.stdout.buffer.write(data)
    return 0


def wanted(target: Path | None, to: Format | None, lang: Language) -> Format:
    """The format: as said, else by the ending of the output."""
    if to:
        return to
    if target is None:
        raise Failure(text("output_needed", lang))
    ending = target.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise Failure(text("unknown_ending", lang, file=target, known=" ".join("." + known for known in ENDINGS)))
    return ENDINGS[ending]


def settings(title_font: str, body_font: str, folders: list[Path]) -> Settings:
    """The fonts asked for; the others as they come."""
    from dataclasses import replace

    from zhiheng.reports.settings import PLAIN

    named = {name: font for name, font in (("title_font", title_font), ("body_font", body_font)) if font}
    return replace(PLAIN, font_folders=tuple(folders), **named)


def rendered(document: Document, format_: Format, fonts: Settings, lang: Language) -> bytes:
    """The whole document in one file."""
    if format_ is Format.JSON:
        import json

        from zhiheng.tables.canonical import document_json

        return (json.dumps(document_json(document), ensure_ascii=False, indent=2) + "\n").encode()
    from zhiheng.reports.printing import printed
    from zhiheng.reports.sheets import TooLong

    if not document.tables:
        raise Failure(text("no_form", lang, file=document.file))
    kind = "txt" if format_ is Format.TSV else format_.value
    try:
        return printed([table.plan for table in document.tables], kind, fonts)
    except TooLong as fault:
        raise Failure(text("file_fault", lang, file=document.file, reason=fault)) from None
