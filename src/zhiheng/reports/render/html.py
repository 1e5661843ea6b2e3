"""Forms as a page of their own: no script, nothing from elsewhere, readable on a phone, ready to print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from importlib import resources

from zhiheng.reports.form import Form, FormCell, Part, Role, parts
from zhiheng.reports.settings import PLAIN, Settings

BLANKS = re.compile(r"\t| {2}| \n|\n ")
CLASSES = {Role.HEADING: "", Role.LABEL: ' class="label"', Role.TEXT: "", Role.VALUE: ' class="value"'}


def render(*forms: Form, settings: Settings = PLAIN) -> bytes:
    """The page, in UTF-8."""
    css = resources.files("zhiheng.reports.render").joinpath("form.css").read_text("utf-8")
    fonts = f":root {{ --title-font: {_font(settings.title_font)}; --body-font: {_font(settings.body_font)}; }}\n"
    title = escape(" ".join(forms[0].title.split())) if forms else ""
    body = "".join(_form(form, index) for index, form in enumerate(forms, start=1))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{fonts}{css}{_pages(forms)}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    ).encode()


def _font(name: str) -> str:
    """A font name as a CSS string; nothing in it can end the string or the style."""
    return '"' + "".join(letter for letter in name if letter not in '"\\<>\n\r') + '"'


def _pages(forms: tuple[Form, ...]) -> str:
    papers = dict.fromkeys(form.paper for form in forms)
    names = {paper: f"{paper.name}-{'landscape' if paper.landscape else 'portrait'}" for paper in papers}
    return "".join(
        f"@page {name} {{ size: {paper.width}mm {paper.height}mm; margin: {paper.margin}mm; }}\n.{name} {{ page: {name}; }}\n"
        for paper, name in names.items()
    )


def _form(form: Form, number: int) -> str:
    paper = f"{form.paper.name}-{'landscape' if form.paper.landscape else 'portrait'}"
    subtitle = f'<p class="subtitle">{_words(form.subtitle)}</p>\n' if form.subtitle else ""
    tables = "".join(_table(part, form) for part in parts(form))
    title = f'<h1 id="form-{number}">{_words(form.title)}</h1>\n' if form.title else ""
    named = f' aria-labelledby="form-{number}"' if form.title else ""
    return (
        f'<section class="form {paper}"{named}>\n{title}{subtitle}'
        f'<div class="scroll" tabindex="0" role="region"{named}>\n{tables}</div>\n</section>\n'
    )


def _table(part: Part, form: Form) -> str:
    total = sum(form.widths)
    columns = "".join(f'<col style="width:{width * 100 / total:.3f}%">' for width in form.widths)
    rows = ["<tr>" + "".join(_cells(row)) + "</tr>\n" for row in part.rows]
    head = f"<thead>\n{''.join(rows[: part.heading])}</thead>\n" if part.heading else ""
    smallest = round(sum(form.millimetres()) / 100)
    return (
        f'<table style="min-width:{smallest}mm">\n<colgroup>{columns}</colgroup>\n{head}'
        f"<tbody>\n{''.join(rows[part.heading :])}</tbody>\n</table>\n"
    )


def _cells(row: tuple[FormCell, ...]) -> Iterator[str]:
    for cell in row:
        spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (f' colspan="{cell.columns}"' if cell.columns > 1 else "")
        if cell.role is Role.HEADING:
            scope = "colgroup" if cell.columns > 1 else "col"
            yield f'<th scope="{scope}"{spans}>{_words(cell.text)}</th>'
        elif cell.role is Role.LABEL and cell.text:
            scope = "rowgroup" if cell.rows > 1 else "row"
            yield f'<th scope="{scope}"{CLASSES[cell.role]}{spans}>{_words(cell.text)}</th>'
        else:
            yield f"<td{CLASSES[cell.role]}{spans}>{_words(cell.text)}</td>"


def _words(text: str) -> str:
    """The words as markup; tabs and runs of blanks, which a page would swallow, stand as they are."""
    if BLANKS.search(text):
        return f"<pre>{escape(text)}</pre>"
    return escape(text).replace("\n", "<br>")
