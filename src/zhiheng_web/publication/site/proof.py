"""The data of the proof: one record for each published figure, with what it follows from, the entries beside it, and a digest over both."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib import resources
from typing import Any

from zhiheng.scoring.figures import conversion, measured
from zhiheng.scoring.observation import Provisional, Reported
from zhiheng.scoring.relation import Bound, bound_of
from zhiheng.scoring.scheme import Scheme
from zhiheng.values.parse import parse
from zhiheng.values.value import Achieved, Cadence, Comparator, Coverage, Quantity, Relative, Value
from zhiheng_web.evaluation.keeping import observation_from
from zhiheng_web.ledgers.measures.judging import gap_limit
from zhiheng_web.publication.content import Content
from zhiheng_web.publication.content.actuals import CLOSED, Part
from zhiheng_web.publication.content.codec import number
from zhiheng_web.publication.content.tables import PublicTable, Row
from zhiheng_web.publication.site.rules import Linked, asked_of_each, fixed, flat, holds, rule_of, scheme_of, tests_of, value_of, worth
from zhiheng_web.publication.site.words import closed_words, state_word
from zhiheng_web.wording import Text

Record = dict[str, Any]
ORDER = ("unbound", "missed", "waiting", "judge", "under_way", "not_due", "met", "nothing_due", "shown")
"""Which state of a part decides for the row (as in ledgers.measures.judging)."""
COLUMNS = ("id", "reason", "counts_as", "about", "category", "numerator", "denominator", "valid_from", "valid_until")
OPEN = "发布的规则不含计算它所需的全部内容 / what it follows from is not public as a whole"
JUDGED = Text("由人评定：{state}", "Judged by a person: {state}")
DECIDED = Text("依决定认定：{state}", "As decided: {state}")


@dataclass(frozen=True, slots=True)
class Proof:
    """The records of one package in the order of computing, and its entry files by name."""

    records: tuple[Record, ...]
    lines: Mapping[str, bytes]

    def data(self, key: str, files: Mapping[str, bytes | None]) -> bytes:
        """The records as a file. The last one says how many stand before it and names the open data of the package: path from the folder
        of the proof → bytes, None where it is enough that the file is there (a document for people).
        """
        named = {path: "" if data is None else hashlib.sha256(data).hexdigest() for path, data in files.items()}
        last = listed(f"{key}：数据文件 / data files", named, len(self.records))
        records = [*self.records, last]
        return ("[\n" + ",\n".join(json.dumps(one, ensure_ascii=False, sort_keys=True) for one in records) + "\n]\n").encode()


def listed(name: str, files: Mapping[str, str], count: int) -> Record:
    """A record that names files: path from the folder of the proof → digest, '' where the file has its own."""
    return sealed({"kind": "files", "id": "files", "name": name, "files": dict(files), "count": count, "closed": "", "lines": ""}, ())


def packages_file(keys: Iterable[str]) -> bytes:
    """Which packages the proof holds, and in a folder the list of its pages: without it one that is missing would not be missed."""
    return _alone(listed("公开包 / packages", {f"data/{key}.json": "" for key in sorted(keys)}, 0))


def pages_file(digests: Mapping[str, str]) -> bytes:
    """The pages and documents of a site in a folder, path → digest: what people read is what was written with the data."""
    return _alone(listed("网页和文件 / pages and documents", {f"../{path}": one for path, one in sorted(digests.items())}, 0))


def _alone(record: Record) -> bytes:
    return (json.dumps([record], ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def program() -> bytes:
    """verify.py."""
    return resources.files("zhiheng_web.publication.site").joinpath("verify.txt").read_bytes()


def proof_of(key: str, content: Content) -> Proof:
    """The proof of one package."""
    made = Maker(key, content)
    return Proof(tuple(made.all()), made.lines)


class Maker:
    """Makes the records of one package; ``lines`` fills on the way."""

    def __init__(self, key: str, content: Content) -> None:
        self.key, self.content = key, content
        self.lines: dict[str, bytes] = {}

    def all(self) -> Iterator[Record]:
        """Every record: figures, states and points of the rows, the execution of the money, the total of each table."""
        for table in self.content.tables:
            scheme = scheme_of(table)
            for row in table.rows:
                yield from self._row(table, row, scheme)
            if table.score is not None and scheme is not None:
                yield from self._execution(table, scheme)
                yield from self._total(table, scheme)

    def _row(self, table: PublicTable, row: Row, scheme: Scheme | None) -> Iterator[Record]:
        place = f"{table.slug}/{row.slug}"
        name = f"{table.of} {row.name}".strip()
        actual = row.actual
        linked: list[Linked] = []
        if actual is not None and actual.parts:
            order = [actual.decisive, *(n for n in range(len(actual.parts)) if n != actual.decisive)]
            linked = [Linked(f"{place}/part/{actual.parts[n].code}", actual.parts[n]) for n in order if n < len(actual.parts)]
            for part in actual.parts:
                yield self._part(table, row, place, f"{name}：{part.name.zh}", part)
            if self.content.withheld(f"{place}/actual") is None:
                yield self._state(place, name, row, self._rule(row, scheme, linked))
        elif actual is not None and actual.number is not None:
            yield sealed(
                {"kind": "figure", "id": f"{place}/actual", "name": f"{name}：实际完成值", "number": number(actual.number), "lines": "",
                 "closed": both(CLOSED["aggregate"]), "answers": actual.answers}, ()
            )  # fmt: skip
        if row.result is not None and row.result.points is not None and scheme is not None:
            yield self._points(place, f"{name}：得分", row, scheme, linked)

    def _part(self, table: PublicTable, row: Row, place: str, name: str, part: Part) -> Record:
        why = closed_words(row.actual.source if row.actual else "", part.closed)
        closed = both(why) if why is not None else part.closed
        if not closed and (part.state == "waiting" or self.content.withheld(f"{place}/entries") is not None or not part.rule):
            closed = both(CLOSED["withheld"]) if part.state != "waiting" else ""
        rows: list[dict[str, str]] = []
        file = ""
        if not closed:
            rule = dict(part.rule)
            names = tuple(dict.fromkeys((*COLUMNS, str(rule.get("column") or "quantity"), str(rule.get("counted_on") or "decided_on"))))
            rows = [self._line(one, names) for one in part.lines]
            file = f"lines/{self.key}/{place.replace('/', '-')}-{part.code}.csv"
            self.lines[file] = written(names, rows)
        on = table.self_evaluated.on.isoformat() if table.self_evaluated else ""
        said = {
            "kind": "figure", "id": f"{place}/part/{part.code}", "name": name,
            "number": None if part.number is None else number(part.number), "unit": part.unit,
            "measure": part.measure, "rule": dict(part.rule), "counted": part.counted, "recorded": part.recorded,
            "not_counted": dict(part.not_counted), "numerator": _told(part.numerator), "denominator": _told(part.denominator), "on": on,
            "closed": closed, "lines": file,
        }  # fmt: skip
        if part.number is None and not closed:
            said["closed"] = "尚无数字 / no figure yet"
        return sealed(said, rows)

    @staticmethod
    def _line(line: Any, names: tuple[str, ...]) -> dict[str, str]:
        fixed_ = {"id": line.id, "reason": line.reason, "counts_as": line.counts_as, "about": line.about}
        return {name: str(fixed_.get(name, line.read.get(name, ""))) for name in names}

    def _rule(self, row: Row, scheme: Scheme | None, linked: list[Linked]) -> Record | None:
        return rule_of(row, scheme, self.content.head.year, linked) if scheme is not None else None

    def _state(self, place: str, name: str, row: Row, rule: Record | None) -> Record:
        actual = row.actual
        if actual is None:
            raise ValueError(place)
        parts = []
        for part in actual.parts:
            address = f"{place}/part/{part.code}"
            state = actual.state if len(actual.parts) == 1 else part.state
            known = (tests for tests in (tests_for(row, part), full_tests(rule, address)) if tests is not None)
            tests = next((tests for tests in known if part.number is not None and _agrees(tests, Linked("", part), state)), None)
            parts.append([address, part.state if tests is None else state, tests])
        found = [state for _, state, _ in parts if state != "shown"] or [parts[0][1]]
        worst = parts[0][1] if actual.join in ("one", "first") else min(found, key=lambda one: ORDER.index(one) if one in ORDER else 0)
        judged = row.result is not None and row.result.tier is not None
        open_ = "" if worst == actual.state else both((JUDGED if judged else DECIDED).with_(state=state_word(actual.state)))
        if judged and not any(tests for _, _, tests in parts):
            open_ = both(JUDGED.with_(state=state_word(actual.state)))
        if not open_ and actual.state in ("met", "missed") and not any(tests for _, _, tests in parts):
            open_ = OPEN
        join = actual.join if not actual.circumstance else "one"
        if worst != actual.state:
            parts, join = [[parts[0][0], actual.state, None]], "one"
        return sealed(
            {"kind": "state", "id": f"{place}/state", "name": f"{name}：完成情况", "state": actual.state, "join": join, "parts": parts,
             "words": worded(actual.state, parts), "order": list(ORDER),
             "target": row.target.text if row.target else "", "shown": [actual.shown.zh, actual.shown.en],
             "number": _told(actual.number), "closed": open_, "lines": "",
             "months": [[one.on.isoformat(), one.state, _told(one.number)] for one in actual.months]}, ()
        )  # fmt: skip

    def _points(self, place: str, name: str, row: Row, scheme: Scheme, linked: list[Linked]) -> Record:
        result = row.result
        if result is None or result.points is None:
            raise ValueError(place)
        rule = rule_of(row, scheme, self.content.head.year, linked)
        weight = Fraction(result.effective)
        exact = Fraction(result.exact) if result.exact else None
        computed = result.override is None
        if rule is not None and exact is not None and computed and worth(rule, weight) != exact:
            rule = None
        return sealed(
            {"kind": "points", "id": f"{place}/points", "name": name, "points": number(result.points), "weight": number(result.weight),
             "effective": number(result.effective), "rule": rule, "target": row.target.text if row.target else "",
             "override": number(result.override.points) if result.override is not None else "",
             "reason": result.override.reason if result.override is not None else "",
             "closed": "" if rule is not None or result.override is not None else OPEN, "lines": "", **self._rounding(scheme, row)}, ()
        )  # fmt: skip

    @staticmethod
    def _rounding(scheme: Scheme, row: Row | None) -> Record:
        met = row is not None and row.actual is not None and row.actual.state == "met"
        never = scheme.word("rounding.full") == "met_only" and not met
        return {"mode": scheme.rounding.mode.value, "scale": 10**scheme.rounding.places, "never_up": never}

    def _execution(self, table: PublicTable, scheme: Scheme) -> Iterator[Record]:
        score = table.score
        execution = score.execution if score is not None else None
        if execution is None or execution.points is None or self.content.withheld(f"{table.slug}/funds") is not None:
            return
        rule: Record | None = None
        if execution.budget is not None and execution.executed is not None:
            budget, paid = Fraction(execution.budget), Fraction(execution.executed)
            if budget:
                slope = ["0", str(1 / budget), "1", "0"]
                rule = {"method": "execution", "figure": "", "times": "1", "value": str(paid), "pieces": [[[], slope]]}
            else:
                rule = fixed(Fraction(int(scheme.word("execution.zero_budget") == "full")))
        elif execution.executed is None:
            rule = fixed(Fraction(0))
        if rule is not None and execution.exact and worth(rule, Fraction(execution.weight)) != Fraction(execution.exact):
            rule = None
        yield sealed(
            {"kind": "points", "id": f"{table.slug}/execution", "name": f"{table.of} 预算执行率：得分", "points": number(execution.points),
             "weight": number(execution.weight), "effective": number(execution.weight), "rule": rule, "override": "", "reason": "",
             "budget": _told(execution.budget), "executed": _told(execution.executed),
             "closed": "" if rule is not None else OPEN, "lines": "", **self._rounding(scheme, None)}, ()
        )  # fmt: skip

    def _total(self, table: PublicTable, scheme: Scheme) -> Iterator[Record]:
        score = table.score
        if score is None or score.total is None or self.content.withheld(f"{table.slug}/score") is not None:
            return
        rows = [f"{table.slug}/{row.slug}/points" for row in table.rows if row.result is not None and row.result.points is not None]
        rows += [f"{table.slug}/execution"] if score.execution is not None and score.execution.points is not None else []
        given = [row.result.effective for row in table.rows if row.result is not None and row.result.points is not None]
        given += [score.execution.weight] if score.execution is not None and f"{table.slug}/execution" in rows else []
        if sum(given) != score.ceiling:  # a row of the sum is withheld
            yield sealed(
                {"kind": "figure", "id": f"{table.slug}/total", "name": f"{table.of} 总分", "number": number(score.total), "lines": "",
                 "closed": both(CLOSED["withheld"]), "grade": score.grade}, ()
            )  # fmt: skip
            return
        left = [f"{table.slug}/{slug}/points" for one in score.moved for slug in one.left]
        moved: dict[str, Fraction] = {}
        for one in score.moved:
            for slug, share in one.to.items():
                moved[f"{table.slug}/{slug}/points"] = moved.get(f"{table.slug}/{slug}/points", Fraction(0)) + Fraction(share)
        yield sealed(
            {"kind": "total", "id": f"{table.slug}/total", "lines": "",
             "name": f"{table.of} 总分（{score.grade}）", "total": number(score.total),
             "ceiling": number(score.ceiling), "grade": score.grade, "rows": rows, "left": left,
             "moved": {row: str(share) for row, share in moved.items()},
             "grades": [[str(bound), str(word)] for bound, word in scheme.bands("grades.bands")],
             "exact": scheme.word("rounding.where") == "total", "closed": "", **self._rounding(scheme, None), "never_up": False},
            (),
        )  # fmt: skip


def both(text: Text) -> str:
    """Chinese, and English behind a slash: the program has no language of its own."""
    return f"{text.zh} / {text.en}"


def worded(state: str, parts: Iterable[list[Any]]) -> dict[str, str]:
    """The words of every state that the record can come to."""
    return {one: both(state_word(one)) for one in dict.fromkeys([state, "met", "missed", *(found for _, found, _ in parts)])}


def tests_for(row: Row, part: Part) -> list[list[str]] | None:
    """When the figure of a part meets its target, in the unit of the figure; None where the public data cannot say: a statistic is held
    against another one that is not public, or the target names no size.
    """
    if part.target == "-":
        return None
    target = parse(part.target).value if part.target else asked_of_each(value_of(row.target))
    if isinstance(target, Relative):
        target = against(target, row, part)
    if (longest := part.rule.get("longest_gap")) is not None:
        return [["<=", str(gap_limit(longest, target))]]
    if isinstance(target, Coverage | Achieved):
        return [[">=", "100"]] if part.denominator else [[">", "0"]]
    if isinstance(target, Cadence):
        return [[">=", number(target.amount)]]
    if not isinstance(target, Quantity):
        return None
    unit = parse(f"1{part.unit}").value
    scale = unit.amount if isinstance(unit, Quantity) and part.unit else 1
    own, aim = measured(unit if isinstance(unit, Quantity) else None), measured(target)
    factor = conversion(own, aim) if own is not None and aim is not None else Fraction(1)
    times = Fraction(scale) * (factor if isinstance(factor, Fraction) else 1)
    falling = target.op is Comparator.EQ and row.direction == "falling"
    op = Comparator.LE if falling else target.op
    return tests_of(op, Fraction(target.amount) / times, None if target.upper is None else Fraction(target.upper) / times, target.bounds)


def full_tests(rule: Record | None, address: str) -> list[list[str]] | None:
    """When the figure of a part gets all points, and so has met its target; None where the points do not follow from that figure."""
    if rule is None or rule.get("figure") != address or Fraction(rule["times"]) <= 0:
        return None
    full = next((tests for tests, share in rule["pieces"] if tests and share == flat(1)), None)
    return None if full is None else [[op, str(Fraction(limit) / Fraction(rule["times"]))] for op, limit in full]


def against(target: Relative, row: Row, part: Part) -> Value | None:
    """What a target that is held against another figure asks for, where that figure is public with the row; None where it is not."""
    seen = observation_from(row.result.observed) if row.result is not None and row.result.observed else None
    if not isinstance(seen, Reported | Provisional) or part.number is None:
        return None
    bound = bound_of(target, Quantity(part.number, part.unit), seen.benchmark)
    return bound.target if isinstance(bound, Bound) and bound.actual == Quantity(part.number, part.unit) else None


def _agrees(tests: list[list[str]], linked: Linked, state: str) -> bool:
    figure = linked.number
    if figure is None or state not in ("met", "missed"):
        return False
    return all(holds(figure, op, Fraction(limit)) for op, limit in tests) == (state == "met")


def sealed(record: Record, rows: Any) -> Record:
    """The record with its digest over itself and its entries: no datum can change without being named."""
    return {**record, "digest": digest(record, list(rows))}


def digest(record: Record, rows: list[dict[str, str]]) -> str:
    """As verify.py makes it."""
    return hashlib.sha256(json.dumps([record, rows], ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def written(names: tuple[str, ...], rows: list[dict[str, str]]) -> bytes:
    """Entries as csv."""
    made = io.StringIO()
    writer = csv.DictWriter(made, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue().encode()


def _told(value: Any) -> str | None:
    return None if value is None else number(value)
