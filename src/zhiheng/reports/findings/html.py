"""The report as one page: no script, nothing from elsewhere; findings and rows lead to each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib import resources

from zhiheng.audit.finding import Severity
from zhiheng.reports.findings.money import Sum
from zhiheng.reports.findings.view import SIGNS, FileView, Group, Item, Row, Shown, TableView, View
from zhiheng.reports.settings import Settings

LEVELS = tuple(level.value for level in SIGNS)


def render(view: View, settings: Settings) -> bytes:  # noqa: ARG001 - the page uses the reader's own fonts
    """The page, in UTF-8."""
    css = resources.files("zhiheng.reports.findings").joinpath("report.css").read_text("utf-8")
    say = view.say
    language = "zh-CN" if view.language == "zh" else "en"
    body = "".join(_file(file, view) for file in view.files)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(say('title'))}</title>\n<style>\n{css}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>{escape(say('title'))}</h1>\n{_legend(view)}{_contents(view)}</header>\n<main>\n{body}</main>\n</body>\n</html>\n"
    ).encode()


def _legend(view: View) -> str:
    """What the levels mean."""
    shown = "".join(
        f"<li>{_badge(level, SIGNS[Severity(level)], view.say(level))} {escape(view.say(f'{level}_meaning'))}</li>" for level in LEVELS
    )
    return f'<ul class="legend">{shown}</ul>\n'


def _badge(level: str, sign: str, word: str) -> str:
    return f'<span class="badge {level}"><span aria-hidden="true">{sign}</span> {escape(word)}</span>'


def _contents(view: View) -> str:
    """A way to every table and duty, with the number of findings there."""
    tables = list(view.tables())
    if not tables:
        return ""
    entries = []
    for table in tables:
        groups = "".join(f'<li><a href="#{group.anchor}">{escape(group.heading)}</a> {_tally(group.items)}</li>' for group in table.groups)
        entries.append(f'<li><a href="#{table.anchor}">{escape(table.title)}</a><ul>{groups}</ul></li>')
    return f'<nav aria-label="{escape(view.say("contents"))}"><ul>{"".join(entries)}</ul></nav>\n'


def _tally(items: Sequence[Item]) -> str:
    """How many of each level, by sign."""
    shown = []
    for level in LEVELS:
        count = sum(1 for item in items if item.level == level)
        if count:
            word = next(item.word for item in items if item.level == level)
            shown.append(f'<span class="tally {level}" title="{escape(word)}">{SIGNS[Severity(level)]} {count}</span>')
    return " ".join(shown)


def _file(file: FileView, view: View) -> str:
    tables = "".join(_table(table, view) for table in file.tables) or f"<p>{escape(view.say('no_tables'))}</p>\n"
    problems = _items(view.say("problems"), file.problems, view, "h2")
    return f'<p class="file">{escape(view.say("file"))} <code>{escape(file.file)}</code></p>\n{tables}{problems}'


def _table(table: TableView, view: View) -> str:
    say = view.say
    facts = "".join(f"<dt>{escape(label)}</dt><dd>{_words(words)}</dd>" for label, words in table.facts)
    money = "".join(_sum(line) for line in table.sums)
    whole = _items(say("whole_table"), table.whole, view, "h3")
    groups = "".join(_group(group, table, view) for group in table.groups)
    nothing = "" if any(True for _ in table.items()) else f'<p class="clean">{escape(say("no_findings"))}</p>\n'
    return (
        f'<section class="table" id="{table.anchor}" aria-labelledby="{table.anchor}-h">\n'
        f'<h2 id="{table.anchor}-h">{_words(table.title)}</h2>\n'
        f'<p class="counts">{_counts(table, view)}</p>\n<dl class="facts">{facts}</dl>\n'
        + (f'<h3>{escape(say("money"))}</h3>\n<dl class="facts">{money}</dl>\n' if money else "")
        + nothing
        + whole
        + groups
        + _items(say("problems"), table.problems, view, "h3")
        + _items(say("failed"), table.failed, view, "h3")
        + "</section>\n"
    )


def _sum(line: Sum) -> str:
    verdict = f' <strong class="verdict {line.verdict}">{escape(line.verdict_words)}</strong>' if line.verdict else ""
    return f"<dt>{escape(line.name)}</dt><dd>{_words(line.words)}{verdict}</dd>"


def _counts(table: TableView, view: View) -> str:
    say, counts = view.say, table.counts
    first = [say("of_duties", count=counts["duties"])] if counts["duties"] else []
    first.append(say("of_indicators", count=counts["indicators"]))
    plain = "".join(f"<span>{escape(words)}</span>" for words in first)
    levels = "".join(f"<span>{_badge(level, SIGNS[Severity(level)], say(level))} {counts[level]}</span>" for level in LEVELS)
    rest = "".join(f"<span>{escape(say(key))} {counts[key]}</span>" for key in ("problems", "failed") if counts[key])
    return plain + levels + rest


def _group(group: Group, table: TableView, view: View) -> str:
    say = view.say
    objective = f'<p class="objective"><b>{escape(say("objective"))}</b> {_words(group.objective)}</p>\n' if group.objective else ""
    rows = _rows(group, table, view) if group.rows else f"<p>{escape(say('no_indicators'))}</p>\n"
    return (
        f'<section class="duty" id="{group.anchor}" aria-labelledby="{group.anchor}-h">\n'
        f'<h3 id="{group.anchor}-h">{_words(group.heading)}</h3>\n'
        f"{objective}{rows}{_list(group.items, view)}</section>\n"
    )


def _rows(group: Group, table: TableView, view: View) -> str:
    say = view.say
    name = table.columns.index(say("indicator"))
    headings = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in (say("row"), *table.columns, say("findings")))
    body = "".join(_row(row, name) for row in group.rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{group.anchor}-h">\n<table>\n<thead><tr>{headings}</tr></thead>\n'
        f"<tbody>\n{body}</tbody>\n</table>\n</div>\n"
    )


def _row(row: Row, name: int) -> str:
    cells = "".join(
        f'<th scope="row">{_words(cell.text)}</th>' if index == name else f"<td>{_shown(cell)}</td>"
        for index, cell in enumerate(row.values)
    )
    found = " ".join(
        f'<a class="{item.level}" href="#f{item.number}" title="{escape(item.word)}">{item.sign} {escape(item.code)}</a>'
        for item in row.items
    )
    return f'<tr id="{row.anchor}"><td class="at">{row.place.row or ""}</td>{cells}<td class="found">{found}</td></tr>\n'


def _shown(cell: Shown) -> str:
    reading = f'<span class="reading">{_words(cell.reading)}</span>' if cell.reading else ""
    return _words(cell.text) + reading


def _items(heading: str, items: Sequence[Item], view: View, level: str) -> str:
    return f'<section class="duty">\n<{level}>{escape(heading)}</{level}>\n{_list(items, view)}</section>\n' if items else ""


def _list(items: Sequence[Item], view: View) -> str:
    return f'<ol class="items">\n{"".join(_item(item, view) for item in items)}</ol>\n' if items else ""


def _item(item: Item, view: View) -> str:
    return f'<li id="f{item.number}" value="{item.number}" class="{item.level}">{"".join(_lines(item, view))}</li>\n'


def _lines(item: Item, view: View) -> Iterator[str]:
    place = f'<a href="#{item.anchor}">{escape(item.where)}</a>' if item.anchor else escape(item.where)
    about = " · ".join(words for words in (item.indicator, item.field) if words)
    code = f"<code>{escape(item.code)}</code> {escape(item.title)}".rstrip()
    yield f'<p class="about">{_badge(item.level, item.sign, item.word)} {code} <span class="where">{place}</span>'
    yield f' <span class="subject">{escape(about)}</span></p>' if about else "</p>"
    yield f"<p>{_words(item.message)}</p>"
    if item.remedy:
        yield f'<p class="remedy"><b>{escape(view.say("remedy_label"))}</b>{_words(item.remedy)}</p>'


def _words(text: str) -> str:
    return escape(text).replace("\n", "<br>")
