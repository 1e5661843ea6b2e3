"""A previewed table as it stands with all that was said of it: what the page shows is what the import writes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zhiheng.plan.plan import Table
from zhiheng.tables.canonical import table_from
from zhiheng_web.planning.importing.answering import Question, answered, questions
from zhiheng_web.planning.importing.identity import Match, known_indicators, matches
from zhiheng_web.planning.models import PreviewTable


@dataclass(frozen=True, slots=True)
class Previewed:
    """One table of a preview: ``table`` with the answers, what is asked, and which indicator each row is."""

    row: PreviewTable
    table: Table
    questions: tuple[Question, ...]
    matches: tuple[Match, ...]

    @property
    def open(self) -> tuple[Question, ...]:
        """What nobody has answered yet."""
        return tuple(question for question in self.questions if question.open and question.key != "head/year")

    @property
    def open_matches(self) -> tuple[Match, ...]:
        """Rows that are like a known indicator and nobody has said."""
        return tuple(match for match in self.matches if match.open)


def previewed(row: PreviewTable) -> Previewed:
    """The table of a preview. One query, for the indicators of the department."""
    read = table_from(row.data)
    table = answered(read, row.answers, row.year)
    asked = questions(read, row.answers)
    if row.year is not None:
        asked = tuple(replace(question, open=False) if question.key == "head/year" else question for question in asked)
    return Previewed(row, table, asked, matches(table, known_indicators(row.unit.department), row.identities))
