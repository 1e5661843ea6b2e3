"""A checked file as text: for a terminal of any width, and plain where it is piped."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from zhiheng.audit.finding import Severity
from zhiheng.reports.findings.money import EQUAL, UNEQUAL
from zhiheng.reports.findings.view import Checked, FileView, Group, Item, Row, Shown, TableView
from zhiheng.reports.findings.writer import row_anchor, view
from zhiheng.reports.texts import Say
from zhiheng.values.kinds import kind_of
from zhiheng_cli.texts import text

COLOURS = {Severity.ERROR.value: "red", Severity.WARNING.value: "yellow", Severity.INFORMATION.value: "cyan"}
VERDICTS = {EQUAL: "green", UNEQUAL: "red"}


def shown(file: str, checked: Checked, language: str, width: int, colour: bool) -> str:
    """The whole answer for one file, ``width`` columns wide; nothing is cut off, long words are folded."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    seen = view([checked], language)
    Page(console, seen.say, language, kinds(checked, seen.files[0], language)).file(file, seen.files[0])
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


def kinds(checked: Checked, seen: FileView, language: str) -> dict[str, str]:
    """What kind of value the target of every row is, by the row's anchor."""
    return {
        row_anchor(shown.anchor, index): text(f"kind_{kind_of(row.target.reading.value)}", language)
        for table, shown in zip(checked.document.tables, seen.tables, strict=True)
        for index, row in enumerate(table.plan.indicators)
        if row.target
    }


def summary(counts: Counter[str], language: str) -> str:
    """The figures of a file in one line."""
    keys = (*(("duties",) if counts["duties"] else ()), "indicators", "error", "warning", "information", "problems", "failed")
    wanted = [key for key in keys if key != "failed" or counts["failed"]]
    return text("separator", language).join(text(f"count_{key}", language, count=counts[key]) for key in wanted)


class Page:
    """Writes one file to a console."""

    def __init__(self, console: Console, say: Say, language: str, kinds: Mapping[str, str]) -> None:
        self.console = console
        self.say = say
        self.language = language
        self.kinds = kinds

    def file(self, name: str, seen: FileView) -> None:
        """Everything about one file."""
        self.console.print(Text(name, style="bold underline"))
        for table in seen.tables:
            self.table(table)
        self.items(self.say("problems"), seen.problems)
        total: Counter[str] = Counter(problems=len(seen.problems))
        for table in seen.tables:
            total += table.counts
        self.console.print()
        self.console.print(Text(self.say("counts") + text("colon", self.language) + summary(total, self.language), style="bold"))

    def table(self, table: TableView) -> None:
        """Head, duties with their indicators, findings, problems."""
        self.head(table)
        for group in table.groups:
            self.group(table.columns, group)
        self.findings(table)
        self.items(self.say("problems"), table.problems)
        self.items(self.say("failed"), table.failed)

    def head(self, table: TableView) -> None:
        """Title, who, which year, and the money with its check."""
        self.console.print(Text(table.title, style="bold"))
        grid = Grid.grid(padding=(0, 2, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold", ratio=1)
        for label, words in table.facts:
            grid.add_row(Text(label, style="dim"), Text(words))
        for one in table.sums:
            verdict = Text(f"  {one.verdict_words}", style=VERDICTS.get(one.verdict, "yellow")) if one.verdict_words else Text("")
            grid.add_row(Text(one.name, style="dim"), Text.assemble(one.words, verdict))
        self.console.print(grid)

    def group(self, columns: Sequence[str], group: Group) -> None:
        """A duty and its indicators."""
        count = self.say("of_indicators", count=len(group.rows))
        self.console.print()
        self.console.print(Text(group.heading, style="bold"), Text(count, style="dim"), sep="  ")
        if group.rows:
            self.console.print(self.listing(columns, group.rows))

    def listing(self, columns: Sequence[str], rows: Iterable[Row]) -> Padding:
        """Indicators as a table: the row in the file, then every column that any row of the table fills."""
        grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style="dim", expand=True)
        target = self.say("field_target")
        after = columns.index(target) + 1 if target in columns else len(columns)
        grid.add_column(self.say("row"), justify="right", no_wrap=True)
        for column in (*columns[:after], text("kind", self.language), *columns[after:]):
            grid.add_column(column, overflow="fold", ratio=3 if column == self.say("indicator") else 2)
        for row in rows:
            cells = [value(cell) for cell in row.values]
            cells.insert(after, Text(self.kinds.get(row.anchor, ""), style="dim"))
            grid.add_row(str(row.place.row or ""), *cells)
        return Padding(grid, (0, 0, 0, 2))

    def findings(self, table: TableView) -> None:
        """Findings of the whole table, then duty by duty."""
        parts = ((self.say("whole_table"), table.whole), *((group.heading, group.items) for group in table.groups))
        number = sum(len(items) for _, items in parts)
        self.console.print()
        if not number:
            self.console.print(Text(self.say("no_findings"), style="green"))
            return
        self.console.print(Text(self.say("of_findings", count=number), style="bold underline"))
        for heading, items in parts:
            self.items(heading, items)

    def items(self, heading: str, items: Sequence[Item]) -> None:
        """Things to look at, each with level, code, place, sentence and suggestion; nothing when there are none."""
        if not items:
            return
        self.console.print(Text(heading, style="bold"))
        for item in items:
            about = (f"{item.code}  {item.where}", f"  {item.indicator}" if item.indicator else "")
            line = Text.assemble((f"{item.sign} {item.word} ", COLOURS[item.level]), (about[0], "dim"), about[1])
            self.console.print(Padding(line, (0, 0, 0, 2)))
            words = Text(item.message)
            if item.remedy:
                words.append(f"\n{self.say('remedy_label')}{item.remedy}", style="dim")
            self.console.print(Padding(words, (0, 0, 0, 4)))


def value(cell: Shown) -> Text:
    """A value as published and, in brackets where that says more, as it is understood."""
    return Text.assemble(cell.text, (f" 〔{cell.reading}〕" if cell.reading else "", "cyan"))
