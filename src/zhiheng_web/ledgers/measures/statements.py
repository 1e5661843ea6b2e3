# ruff: noqa: S608 - only names of columns and dates stand in the text; whatever a person wrote is a row or a parameter
"""The seven measures as SQL: one definition each, over the table of bindings, on SQLite and PostgreSQL.

Every statement begins with the bindings asked for (``b``) and the days asked for (``m``), looks at the versions known at one instant
(``coded``), and gives each a code: 0 counted, else the place of its :class:`Reason`. What counts once is decided in ``ranked``: of the
entries that stand for the same thing the earliest counts, the others are duplicates. Totals and lists come from the same text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from zhiheng_web.ledgers.measures.dialect import Dialect
from zhiheng_web.ledgers.measures.result import Reason
from zhiheng_web.ledgers.measures.shape import NAMES, Measure, Shape

REASONS = tuple(Reason)
CODE = {reason: number for number, reason in enumerate(REASONS, 1)}
DUE = tuple(CODE[reason] for reason in (Reason.OPEN, Reason.EVIDENCE, Reason.CHECK, Reason.LATE))
"""Reasons that leave an item on the due-list, in the order in which one of several entries for the same item stands for it."""
TOTALS, WINDOW, GAP, FIGURE = range(4)
"""What a row of a statement tells: how much counted; of a cadence a window or a gap; else what explains the figure."""
NOTHING: Mapping[str, str] = {}
GAPS: list[tuple[str, Reason | None]] = [("v.gap = 'evidence'", Reason.EVIDENCE), ("v.gap <> ''", Reason.CHECK)]


def _case(subject: str, values: Sequence[str], others: str = "NULL") -> str:
    """The column that a binding names, as one expression."""
    if not values:
        return others
    if len(values) == 1:
        return f"v.{values[0]}"
    choices = " ".join(f"WHEN '{value}' THEN v.{value}" for value in values)
    return f"CASE {subject} {choices} END"


ONCE = {
    "key": "v.counts_as",
    "organisation": "COALESCE(CAST(v.organisation_id AS text), v.counts_as)",
    "counterpart": "COALESCE(CAST(v.counterpart_id AS text), v.counterpart_name, v.counts_as)",
    "person": "COALESCE(CAST(v.person_id AS text), v.counts_as)",
    "topic": "t.topic",
}
"""What counts once. An entry that names no organisation or person stands for itself."""


def _also(extra: Mapping[str, str]) -> str:
    return "".join(f", {expression} AS {name}" for name, expression in extra.items())


class Statement:
    """The parts of the statement for one shape, on the days ``days``, in one dialect."""

    def __init__(self, shape: Shape, days: Sequence[date], dialect: Dialect, asked: str) -> None:
        self.shape, self.days, self.dialect, self.asked = shape, days, dialect, asked
        self.date = "v.valid_from" if shape.measure in (Measure.STOCK, Measure.NET) else _case("b.counted_on", shape.dates)

    # --- what every statement begins with

    def bindings(self) -> str:
        """The bindings asked for (a parameter), with the values they choose by. Their number is said, or SQLite would prepare for many."""
        kinds = {"id": "uuid", "register_id": "uuid", **{name: NAMES[name] for name in self.shape.names}}
        kinds |= {"groups_id": "uuid"} if self.shape.grouped else {}
        kinds |= {f"{name}_set": "text" for name in self.shape.sets}
        return f"b AS MATERIALIZED ({self.dialect.rows(kinds)} LIMIT {self.shape.size})"

    def moments(self) -> str:
        """The days asked for, each with the first and the last day of its year, and the instant (a parameter for each)."""
        literal = self.dialect.day
        rows = ", ".join(
            f"({number}, {literal(date(day.year, 1, 1))}, {literal(day)}, {literal(date(day.year, 12, 31))}, {self.dialect.instant()})"
            for number, day in enumerate(self.days)
        )
        return f"m(n, start, upto, final, known) AS (VALUES {rows})"

    # --- what becomes of one version

    def once(self) -> str:
        """What counts once, for the bindings of the shape."""
        if len(self.shape.once) == 1:
            return ONCE[self.shape.once[0]]
        choices = " ".join(f"WHEN '{name}' THEN {ONCE[name]}" for name in self.shape.once)
        return f"CASE b.once_by {choices} END"

    def amount(self) -> str:
        """The figure that a total sums."""
        return _case('b."column"', self.shape.columns)

    def in_state(self) -> str:
        """Whether the state is one that counts; a binding that names none takes all."""
        return f"(b.state_set IS NULL OR {self.dialect.among('v.state', 'b.state_set')})" if "state" in self.shape.filters else "1 = 1"

    def code(self) -> str:
        """The code of one version, before it is compared with others."""
        steps = [
            ("v.standing = 'revoked'", Reason.REVOKED),
            ("v.standing = 'returned'", Reason.RETURNED),
            ("v.standing <> 'confirmed'", Reason.PENDING),
        ]
        steps += getattr(self, f"_{self.shape.measure}_steps")()
        choices = " ".join(f"WHEN {test} THEN {CODE[reason] if reason else 0}" for test, reason in steps)
        return f"CASE {choices} ELSE 0 END"

    def _flow_steps(self) -> list[tuple[str, Reason | None]]:
        return [
            (f"NOT {self.in_state()}", Reason.STATE),
            (f"{self.date} IS NULL", Reason.NO_DATE),
            (f"{self.date} < m.start OR {self.date} > m.upto", Reason.PERIOD),
            *GAPS,
        ]

    def _total_steps(self) -> list[tuple[str, Reason | None]]:
        return [*self._flow_steps(), (f"{self.amount()} IS NULL", Reason.NO_VALUE)]

    def _cadence_steps(self) -> list[tuple[str, Reason | None]]:
        if not self.shape.grouped:
            return self._flow_steps()
        served = "SELECT 1 FROM g WHERE g.binding = b.id AND g.moment = m.n AND g.channel = CAST(v.about_id AS text)"
        return [*self._flow_steps(), (f"b.groups_id IS NOT NULL AND NOT EXISTS ({served})", Reason.NO_CHANNEL)]

    def _stock_steps(self) -> list[tuple[str, Reason | None]]:
        return [
            (f"NOT {self.in_state()}", Reason.STATE),
            ("v.valid_from IS NULL", Reason.NO_DATE),
            ("v.valid_from > m.upto", Reason.NOT_YET),
            ("v.valid_until <= m.upto", Reason.ENDED),
            *GAPS,
        ]

    _net_steps = _stock_steps

    def _coverage_steps(self) -> list[tuple[str, Reason | None]]:
        done = f"{self.in_state()} AND (v.done_on IS NULL OR v.done_on <= m.upto)"
        excused = self.dialect.among("v.state", "b.excused_set")
        outside, in_time = f"{self.date} < m.start", "v.done_on IS NULL OR v.due_on IS NULL OR v.done_on <= v.due_on"
        if self.shape.arrears:
            finished = f"({self.in_state()} AND (v.done_on IS NULL OR v.done_on < m.start))"
            in_time += f" OR (b.arrears AND {outside})"
            outside = f"({outside} AND (NOT b.arrears OR {finished}))"
        return [
            (f"b.excused_set IS NOT NULL AND {excused}", Reason.STATE),
            (f"{self.date} IS NULL", Reason.NO_DATE),
            (f"{outside} OR {self.date} > m.final", Reason.PERIOD),
            (f"{self.date} > m.upto", Reason.NOT_DUE),
            (f"{done} AND v.gap = '' AND ({in_time})", None),
            ("v.due_on > m.upto", Reason.NOT_DUE),
            (f"NOT ({done})", Reason.OPEN),
            *GAPS,
            ("1 = 1", Reason.LATE),
        ]

    def _external_steps(self) -> list[tuple[str, Reason | None]]:
        return [
            (f"NOT {self.in_state()}", Reason.STATE),
            ("v.data_year IS NULL", Reason.NO_DATE),
            (f"v.data_year <> {self.dialect.year('m.upto')}", Reason.PERIOD),
            *([(f"NOT {self.of_the_day()}", Reason.PERIOD)] if self.shape.declared else []),
            *GAPS,
            (f"NOT {self.valued()}", Reason.NO_VALUE),
        ]

    def of_the_day(self) -> str:
        """Whether what was declared holds on the day: a figure of July is none of the year; a thing done in July stays done."""
        done = "(v.done_on IS NOT NULL AND v.decided_on < m.upto)"
        return f"(NOT b.declared OR (v.decided_on IS NOT NULL AND (v.decided_on = m.upto OR {done})))"

    def valued(self) -> str:
        """Whether a published figure has its value."""
        done = " OR (b.declared AND v.done_on IS NOT NULL)" if self.shape.declared else ""
        return f"({self.figure()} IS NOT NULL OR (v.numerator IS NOT NULL AND v.denominator IS NOT NULL AND v.denominator > 0){done})"

    def figure(self) -> str:
        """The column of a published figure."""
        return f"COALESCE({self.amount()}, v.quantity)"

    def universe(self) -> list[str]:
        """What the bindings look at at all: what lies outside is none of their business."""
        tests = [
            f"(b.{name}_set IS NULL OR {self.dialect.among(f'v.{name}', f'b.{name}_set')})"
            for name in ("category", "level", "channel", "county")
            if name in self.shape.filters
        ]
        if "topics" in self.shape.filters:
            own = f"SELECT 1 FROM ledgers_versiontopic o WHERE o.version_id = v.id AND {self.dialect.among('o.topic', 'b.topics_set')}"
            tests.append(f"(b.topics_set IS NULL OR EXISTS ({own}))")
        if "topic" in self.shape.once:
            tests.append("(b.once_by <> 'topic' OR t.topic IS NOT NULL)")
        if self.shape.measure == Measure.EXTERNAL:
            tests.append("(v.category = b.series OR (b.benchmark <> '' AND v.category = b.benchmark))")
        return tests

    def coded(self, columns: str = "") -> str:
        """Every version that a binding looks at with its code."""
        topics = ""
        if "topic" in self.shape.once:
            topics = f"""LEFT JOIN ledgers_versiontopic t ON b.once_by = 'topic' AND t.version_id = v.id
                AND (b.topics_set IS NULL OR {self.dialect.among("t.topic", "b.topics_set")})"""
        tests = ["v.register_id = b.register_id", "v.known_until > m.known", "v.known_from <= m.known", *self.universe()]
        return f"""SELECT b.id AS binding, m.n AS moment, {self.once()} AS once_key, {self.code()} AS code{columns}
            FROM b CROSS JOIN m CROSS JOIN ledgers_entryversion v {topics} WHERE {" AND ".join(tests)}"""

    def ranked(self, extra: Mapping[str, str] = NOTHING) -> str:
        """Every version with its final code: what counts already through another entry is a duplicate, or counted in an earlier year."""
        if self.shape.measure == Measure.EXTERNAL:
            return self._editions(extra)
        counts = "c.code = 0"
        if self.shape.measure == Measure.COVERAGE:
            counts = f"c.code IN (0, {', '.join(map(str, DUE))})"
        before = "0"
        if self.shape.first_ever:
            eligible = f"v.standing = 'confirmed' AND {self.in_state()} AND v.gap = '' AND {self.date} < m.start"
            before = f"CASE WHEN b.first_ever AND {eligible} THEN 1 ELSE 0 END"
        inner = self.coded(
            f", v.id AS version, v.entry_id AS entry, {self.date} AS day, {before} AS before"
            f", {self.amount() if self.shape.measure == Measure.TOTAL else 'CAST(NULL AS bigint)'} AS amount{_also(extra)}"
        )
        names = "".join(f", c.{name}" for name in extra)
        return f"""SELECT r.*, CASE WHEN r.placed = 1 AND r.earlier = 1 THEN {CODE[Reason.EARLIER]}
                WHEN r.placed = 1 AND r.place > 1 THEN {CODE[Reason.DUPLICATE]} ELSE r.code END AS final_code FROM (
            SELECT c.binding, c.moment, c.version, c.entry, c.day, c.amount, c.once_key, c.code
                {names}, CASE WHEN {counts} THEN 1 ELSE 0 END AS placed,
                MAX(c.before) OVER (PARTITION BY c.binding, c.moment, c.once_key) AS earlier,
                ROW_NUMBER() OVER (PARTITION BY c.binding, c.moment, c.once_key, CASE WHEN {counts} THEN 1 ELSE 0 END
                    ORDER BY c.code, c.day, c.entry) AS place
            FROM ({inner}) c) r"""

    def _editions(self, extra: Mapping[str, str]) -> str:
        """Published figures: the latest edition of the series for a data year, and the benchmark of that edition and year."""
        usable = f"v.standing = 'confirmed' AND {self.in_state()} AND v.gap = '' AND v.data_year IS NOT NULL AND {self.valued()}"
        if self.shape.declared:
            usable += f" AND {self.of_the_day()}"
        published = f"COALESCE({self.date if self.shape.dates else 'v.decided_on'}, {self.dialect.day(date.min)})"
        inner = self.coded(
            f""", v.id AS version, v.entry_id AS entry, {published} AS day, v.data_year, v.edition, v.publisher, v.numerator, v.denominator,
            v.done_on, {self.figure()} AS amount, CASE WHEN v.category = b.series THEN 0 ELSE 1 END AS role,
            CASE WHEN {usable} THEN 1 ELSE 0 END AS usable{_also(extra)}"""
        )
        first = "CASE WHEN c.role = 0 AND c.usable = 1 THEN"
        latest = "c.day DESC, c.edition DESC, c.entry"
        return f"""SELECT p.*, CASE WHEN p.code = 0 AND (p.place > 1 OR p.fits = 1) THEN {CODE[Reason.SUPERSEDED]}
                ELSE p.code END AS final_code FROM (
            SELECT e.*, ROW_NUMBER() OVER (PARTITION BY e.binding, e.moment, e.data_year, e.role, e.usable
                ORDER BY e.fits, e.day DESC, e.edition DESC, e.entry) AS place FROM (
            SELECT d.*, CASE WHEN d.role = 0 OR d.edition = d.newest THEN 0 ELSE 1 END AS fits FROM (
            SELECT c.*, FIRST_VALUE({first} c.edition END) OVER (PARTITION BY c.binding, c.moment, c.data_year
                ORDER BY {first} 0 ELSE 1 END, {latest}) AS newest FROM ({inner}) c) d) e) p"""

    # --- whole statements

    def totals(self) -> str:
        """Binding, day, code → how many versions, how many things that count once, and their sum."""
        if self.shape.plain:
            body = f"""SELECT {TOTALS}, binding, moment, code, SUM(versions), COUNT(*), CAST(NULL AS bigint) FROM (
                SELECT binding, moment, code, COUNT(*) AS versions FROM ({self.coded()}) c
                GROUP BY binding, moment, code, CASE WHEN code = 0 THEN once_key END) k GROUP BY binding, moment, code"""
        elif self.shape.measure == Measure.COVERAGE:
            due = f"code IN (0, {', '.join(map(str, DUE))})"
            body = f"""SELECT {TOTALS}, binding, moment, best, SUM(versions), COUNT(*), CAST(NULL AS bigint) FROM (
                SELECT binding, moment, MIN(code) AS best, COUNT(*) AS versions FROM ({self.coded()}) c
                GROUP BY binding, moment, CASE WHEN {due} THEN once_key END, CASE WHEN {due} THEN 0 ELSE code END) k
                GROUP BY binding, moment, best"""
        else:
            body = f"""SELECT {TOTALS}, binding, moment, final_code, COUNT(*), COUNT(*), SUM(amount)
                FROM ({self.ranked()}) k GROUP BY binding, moment, final_code"""
        return self._with(body)

    def net(self) -> str:
        """The totals of net, and what was there at the beginning and at the end of the period, and how it came and went."""
        opened = "v.valid_from < m.start AND (v.valid_until IS NULL OR v.valid_until >= m.start)"
        eligible = f"v.standing = 'confirmed' AND {self.in_state()} AND v.gap = ''"
        extra = {"opened": f"CASE WHEN {eligible} AND {opened} THEN 1 ELSE 0 END", "state": "v.state", "category": "v.category"}
        tally = {
            "opening": "o = 1", "closing": "c = 1", "moved_in": "c = 1 AND o = 0 AND came = 1", "new": "c = 1 AND o = 0 AND came = 0",
            "revoked": "c = 0 AND o = 1 AND lost = 1", "moved_out": "c = 0 AND o = 1 AND left_ = 1 AND lost = 0",
            "expired": "c = 0 AND o = 1 AND lost = 0 AND left_ = 0",
        }  # fmt: skip
        sums = ", ".join(f"COUNT(CASE WHEN {test} THEN 1 END)" for test in tally.values())
        return self._with(
            f"""SELECT {TOTALS}, binding, moment, final_code, COUNT(*), COUNT(*), CAST(NULL AS bigint), 0, 0, 0 FROM k
            GROUP BY binding, moment, final_code
            UNION ALL SELECT {FIGURE}, binding, moment, {sums} FROM (
            SELECT binding, moment, once_key, MAX(opened) AS o, MAX(CASE WHEN code = 0 THEN 1 ELSE 0 END) AS c,
                MAX(CASE WHEN code = 0 AND (state = 'moved_in' OR category = 'moved_in') THEN 1 ELSE 0 END) AS came,
                MAX(CASE WHEN opened = 1 AND state IN ('revoked', 'cancelled') THEN 1 ELSE 0 END) AS lost,
                MAX(CASE WHEN opened = 1 AND state = 'moved_out' THEN 1 ELSE 0 END) AS left_
            FROM k GROUP BY binding, moment, once_key) s GROUP BY binding, moment""",
            self._kept(extra),
        )

    def external(self) -> str:
        """The totals of external, and the figure and its benchmark of each data year."""
        return self._with(
            f"""SELECT {TOTALS}, binding, moment, final_code, COUNT(*), COUNT(*), CAST(NULL AS bigint), CAST(NULL AS bigint),
                CAST(NULL AS bigint), '', '', CAST(NULL AS text) FROM k GROUP BY binding, moment, final_code
            UNION ALL SELECT {FIGURE}, binding, moment, role, data_year, 0, amount, numerator, denominator, edition, publisher,
                CAST(done_on AS text)
            FROM k WHERE usable = 1 AND place = 1 AND fits = 0""",
            self._kept(),
        )

    def cadence(self, spans: Sequence[tuple[int, str, int, date, date]]) -> str:
        """The totals of cadence, how often in each window that has any, and the longest stretch without in each channel, the ends included.

        ``spans`` are the whole windows: day, kind, number, first, last.
        """
        days = self.dialect.days_between("day", "LAG(day) OVER (PARTITION BY binding, moment, channel ORDER BY day)")
        body = f"""SELECT {TOTALS}, binding, moment, final_code, COUNT(*), COUNT(*), '', '' FROM k GROUP BY binding, moment, final_code
            UNION ALL SELECT {GAP}, binding, moment, 0, MAX(days), 0, channel, CAST(MIN(day) AS text) FROM (
                SELECT binding, moment, channel, day, {days} AS days FROM (
                    SELECT binding, moment, channel, since AS day FROM g UNION ALL SELECT binding, moment, channel, upto FROM g
                    UNION ALL SELECT e.binding, e.moment, e.channel, e.day FROM e JOIN g ON g.binding = e.binding AND g.moment = e.moment
                        AND g.channel = e.channel AND e.day BETWEEN g.since AND g.upto) p) q
                GROUP BY binding, moment, channel"""
        rows = ", ".join(f"({m}, '{kind}', {n}, {self.dialect.day(a)}, {self.dialect.day(z)})" for m, kind, n, a, z in spans)
        if rows:
            body += f""" UNION ALL SELECT {WINDOW}, e.binding, e.moment, w.n, COUNT(*), 0, e.channel, '' FROM e
                JOIN w ON w.moment = e.moment AND w.kind = e.kind AND e.day BETWEEN w.first AND w.last
                GROUP BY e.binding, e.moment, e.channel, w.n"""
        windows = [f"w(moment, kind, n, first, last) AS (VALUES {rows})"] if rows else []
        channel = "CASE WHEN b.groups_id IS NULL THEN '' ELSE CAST(v.about_id AS text) END" if self.shape.grouped else "''"
        events = "e AS MATERIALIZED (SELECT binding, moment, channel, kind, day FROM k WHERE final_code = 0)"
        return self._with(body, *windows, self._kept({"channel": channel, "kind": 'b."window"' if rows else "''"}), events)

    def _kept(self, extra: Mapping[str, str] = NOTHING) -> str:
        """Every version with its final code, looked at once for all that is asked of it."""
        return f"k AS MATERIALIZED ({self.ranked(extra)})"

    def _channels(self) -> str:
        """The channels in force on each day, since when in the period; '' where the binding judges none by itself."""
        whole = "SELECT b.id AS binding, m.n AS moment, '' AS channel, m.start AS since, m.upto FROM b CROSS JOIN m"
        if not self.shape.grouped:
            return f"g AS MATERIALIZED ({whole})"
        since = "CASE WHEN v.valid_from > m.start THEN v.valid_from ELSE m.start END"
        return f"""g AS MATERIALIZED ({whole} WHERE b.groups_id IS NULL
            UNION ALL SELECT b.id, m.n, CAST(v.entry_id AS text), {since}, m.upto
            FROM b CROSS JOIN m CROSS JOIN ledgers_entryversion v
            WHERE b.groups_id IS NOT NULL AND v.register_id = b.groups_id AND v.known_until > m.known AND v.known_from <= m.known
                AND v.standing = 'confirmed' AND v.gap = ''
                AND (v.valid_from IS NULL OR v.valid_from <= m.upto) AND (v.valid_until IS NULL OR v.valid_until > m.upto))"""

    def listed(self, extra: Mapping[str, str] = NOTHING, where: str = "") -> str:
        """Every version behind the figures: binding, day, version, entry, what counts once, code."""
        names = "".join(f", {name}" for name in extra)
        return self._with(f"SELECT binding, moment, version, entry, once_key, final_code{names} FROM ({self.ranked(extra)}) k {where}")

    def organisations(self) -> str:
        """The organisations that each binding counts."""
        ranked = self.ranked({"firm": "v.organisation_id"})
        return self._with(f"SELECT DISTINCT binding, firm FROM ({ranked}) k WHERE final_code = 0 AND firm IS NOT NULL")

    def _with(self, body: str, *more: str) -> str:
        parts = [self.bindings(), self.moments(), *([self._channels()] if self.shape.measure == Measure.CADENCE else ()), *more]
        return f"WITH {', '.join(parts)} {body}"
