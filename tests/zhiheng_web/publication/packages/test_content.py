"""What becomes public: what a measure reads and registers declare public, computed again; nothing personal, secret or withheld in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.zhiheng_web.publication.packages.conftest import SECRETS, Journey, result

from zhiheng_web.ledgers.actions.record_entries import record_entries
from zhiheng_web.ledgers.models import Entry, SnapshotEntry
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions.answer_proposal import answer_proposal
from zhiheng_web.publication.actions.lift_redaction import lift_redaction
from zhiheng_web.publication.actions.prepare_package import prepare_package
from zhiheng_web.publication.actions.redact import redact
from zhiheng_web.publication.actions.write_paragraph import write_paragraph
from zhiheng_web.publication.building.building import build
from zhiheng_web.publication.building.proposing import proposals
from zhiheng_web.publication.building.redacting import places, redacted
from zhiheng_web.publication.content import Content, Malformed, canonical, digest, from_json, to_json
from zhiheng_web.publication.content.actuals import Actual, Line, Part
from zhiheng_web.publication.content.places import Withheld
from zhiheng_web.publication.content.shape import Head
from zhiheng_web.publication.content.tables import Figure, PublicTable, Row
from zhiheng_web.publication.grounds import grounds
from zhiheng_web.trail.action import Invalid, Refusal
from zhiheng_web.wording import Text

On = Callable[[str, str], Viewer]
UUID_LIKE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def strings(data: Any) -> list[str]:
    """Every text of a JSON, keys as well."""
    if isinstance(data, dict):
        return [*data, *(text for value in data.values() for text in strings(value))]
    if isinstance(data, list):
        return [text for value in data for text in strings(value)]
    return [data] if isinstance(data, str) else []


def row_of(content: Content, slug: str, table: str = "department") -> Row:
    row = content.row(table, slug)
    assert row is not None
    return row


def part_of(content: Content, slug: str) -> Part:
    actual = row_of(content, slug).actual
    assert actual is not None
    return actual.parts[0]


def test_no_secret_of_the_register_and_no_identity_of_the_database_is_public(final: Journey, ledger: list[UUID]) -> None:
    said = strings(to_json(build(final.package).content))
    assert said
    for secret in SECRETS:
        assert not [text for text in said if secret in text], secret
    assert not [text for text in said if UUID_LIKE.search(text)]
    assert "成果0001" in said, "public columns are shown"


def test_public_entries_give_the_figure_again(final: Journey) -> None:
    """Four of five results count; their quantities of 2.5 add up to 10; what is not public is told and not open."""
    content = build(final.package).content
    flow, money, area = (part_of(content, slug) for slug in ("d03-i06", "d03-i07", "d03-i08"))
    assert (flow.closed, len({one.counts_as for one in flow.lines}), flow.number) == ("", 4, Decimal(4))
    assert flow.not_counted == {"state": 1}
    assert (area.closed, sum(Decimal(one.read["quantity"]) for one in area.lines), area.number) == ("", Decimal(10), Decimal(10))
    assert (money.closed, money.lines, money.columns) == ("column", (), ())
    assert money.counted == 4


def test_an_entry_has_one_pseudonym_in_the_package_and_another_thing_another(final: Journey) -> None:
    content = build(final.package).content
    flow, area = part_of(content, "d03-i06"), part_of(content, "d03-i08")
    assert {one.id for one in flow.lines} == {one.id for one in area.lines}
    assert not {one.counts_as for one in flow.lines} & {one.counts_as for one in area.lines}, "what counts once is told within a part only"
    assert [one.id for one in flow.lines] == [one.id for one in part_of(build(final.package).content, "d03-i06").lines]


@pytest.mark.parametrize(
    ("place", "gone"),
    [
        ("department/d03-i06/name", "高新技术企业认定数量"),
        ("department/d03-i06/definition", "净增高新技术企业60家"),
        ("department/d03-i06", "净增高新技术企业60家"),
        ("department/goal", "进入创新型城市行列"),
        ("department/problems", "个别指标进展偏慢。"),
        ("department/d03-i06/entries", "成果0001"),
        ("department", "高新技术企业认定数量"),
    ],
)
def test_what_is_withheld_stands_nowhere_in_the_json(final: Journey, on: On, place: str, gone: str) -> None:
    redact(on("jixiao", "2021-08-13"), final.package.pk, place, "state_secret")
    if place.endswith("entries"):  # the same entries stand behind another figure
        redact(on("jixiao", "2021-08-13"), final.package.pk, "department/d03-i08/entries", "state_secret")
    built = build(final.package)
    held = {text for path, text in flat(to_json(built.content)) if not path.startswith((".narrative", ".redactions", ".head"))}
    assert not [text for text in held if gone in text]
    assert any(gone in text for text in strings(to_json(built.full)))
    told = built.content.withheld(place)
    assert told is not None
    assert told.name == grounds()["state_secret"].name


def flat(data: Any, path: str = "") -> list[tuple[str, str]]:
    if isinstance(data, dict):
        return [pair for key, value in data.items() for pair in flat(value, f"{path}.{key}")]
    if isinstance(data, list):
        return [pair for place, value in enumerate(data) for pair in flat(value, f"{path}[{place}]")]
    return [(path, data)] if isinstance(data, str) else []


def test_every_place_can_be_withheld_and_takes_its_words_with_it(final: Journey) -> None:
    """For every address of the package: withheld alone, what stood there is gone, and the content is still well formed."""
    full = build(final.package).full
    ground = grounds()["process"]
    whole = to_json(full)
    for place in places(full):
        content = redacted(full, [Withheld(place, ground.code, ground.name, ground.basis, ground.status)])
        assert content.withheld(place) is not None
        data = to_json(content)
        assert from_json(data) == content
        assert len(json.dumps(data)) != len(json.dumps(whole)) or place.rpartition("/")[2] in ("evaluation", "uses", "monitored")


def test_an_actual_withheld_takes_its_steps_months_and_entries(final: Journey, on: On) -> None:
    redact(on("jixiao", "2021-08-13"), final.package.pk, "department/d03-i06/actual", "trade_secret")
    row = row_of(build(final.package).content, "d03-i06")
    assert (row.actual, row.evidence) == (None, ())
    assert row.result is not None
    assert (row.result.steps, row.result.observed, row.result.exact) == ((), {}, "")


def test_a_number_of_the_narrative_follows_the_data_and_a_withheld_one_is_unknown(final: Journey, on: On) -> None:
    viewer = on("jixiao", "2021-08-13")
    own = write_paragraph(viewer, final.package.pk, None, "新增登记成果{d03-i06.actual}。", "补充")
    assert [one.text for one in build(final.package).content.narrative if one.code == own.code] == ["新增登记成果4家。"]
    redact(viewer, final.package.pk, "department/d03-i06/actual", "trade_secret")
    with pytest.raises(Refusal) as refused:
        prepare_package(viewer, final.package.pk)
    assert "d03-i06.actual" in refused.value.text.zh


def test_typed_digits_keep_a_package_from_review_unless_they_name_a_document_or_year(final: Journey, on: On) -> None:
    viewer = on("jixiao", "2021-08-13")
    text = "根据临财预〔2021〕30号，共有15个项目、三十二个指标、资金一百万元。"
    own = write_paragraph(viewer, final.package.pk, None, text)
    with pytest.raises(Refusal) as refused:
        prepare_package(viewer, final.package.pk)
    assert refused.value.code == "not_ready"
    with pytest.raises(Invalid):
        write_paragraph(viewer, final.package.pk, own.pk, text, confirmed={"15": "document"})
    with pytest.raises(Invalid):
        write_paragraph(viewer, final.package.pk, own.pk, text, confirmed={"30": "year"})
    said = "根据临财预〔2021〕30号办理，自评了{projects_evaluated}个项目。"
    write_paragraph(viewer, final.package.pk, own.pk, said, confirmed={"2021": "year", "30": "document"})
    assert prepare_package(viewer, final.package.pk).state == "prepared"


def test_an_unknown_reference_is_refused_when_it_is_written(final: Journey, on: On) -> None:
    with pytest.raises(Invalid) as refused:
        write_paragraph(on("jixiao", "2021-08-13"), final.package.pk, None, "共{no_such_number}项")
    assert refused.value.code == "unknown_reference"


def test_personal_data_must_be_withheld_or_answered(final: Journey, on: On) -> None:
    viewer = on("jixiao", "2021-08-13")
    own = write_paragraph(viewer, final.package.pk, None, "联系人张三丰，手机13805391234。")
    built = build(final.package)
    found = [one for one in proposals(built.content, built.full) if one.code == "personal"]
    assert [(one.place, "13805391234" in one.said) for one in found] == [(f"narrative/{own.code}", False)]
    with pytest.raises(Refusal):
        answer_proposal(viewer, final.package.pk, "personal", found[0].place, "0" * 64, "公开电话")
    with pytest.raises(Invalid):
        answer_proposal(viewer, final.package.pk, "personal", found[0].place, found[0].key, " ")
    answer_proposal(viewer, final.package.pk, "personal", found[0].place, found[0].key, "系对外公布的服务电话")
    write_paragraph(viewer, final.package.pk, own.pk, "联系人张三丰，手机13805399999。")
    again = build(final.package)
    assert [one.key for one in proposals(again.content, again.full) if one.code == "personal"] != [found[0].key], "another text asks again"


def test_what_is_withheld_is_not_said_elsewhere(final: Journey, on: On) -> None:
    viewer = on("jixiao", "2021-08-13")
    write_paragraph(viewer, final.package.pk, None, "高新技术企业认定数量完成较好。")
    made = redact(viewer, final.package.pk, "department/d03-i06/name", "work_secret")
    built = build(final.package)
    assert [one.said for one in proposals(built.content, built.full) if one.code == "leak" and one.place.startswith("narrative")]
    lift_redaction(viewer, final.package.pk, made.pk)
    built = build(final.package)
    assert not [one for one in proposals(built.content, built.full) if one.code == "leak"]


def test_queries_do_not_grow_with_entries_and_rows(final: Journey, ledger: list[UUID], on: On) -> None:
    build(final.package)
    with CaptureQueriesContext(connection) as few:
        build(final.package)
    register = Entry.objects.get(pk=ledger[0]).register_id
    more = record_entries(on("jixiao", "2021-08-13"), register, [result(f"01{n:02d}", n) for n in range(30)])
    snapshots = set(SnapshotEntry.objects.values_list("snapshot", flat=True))
    SnapshotEntry.objects.bulk_create(
        SnapshotEntry(snapshot_id=snapshot, part="main", version=one, counts_as=str(one.entry_id)) for snapshot in snapshots for one in more
    )
    with CaptureQueriesContext(connection) as many:
        built = build(final.package)
    assert len(many) == len(few)
    assert max(len(part.lines) for row in built.content.tables[0].rows if row.actual for part in row.actual.parts) >= 34


WORDS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=12)
NUMBERS = st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)
TEXTS = st.builds(Text, WORDS, WORDS)
LINES = st.builds(Line, WORDS, WORDS, WORDS, WORDS, st.dictionaries(WORDS, WORDS, max_size=2), st.dictionaries(WORDS, WORDS, max_size=2))
PARTS = st.builds(
    Part, WORDS, TEXTS, WORDS, TEXTS, WORDS, NUMBERS, WORDS, NUMBERS, NUMBERS, lines=st.lists(LINES, max_size=2).map(tuple),
    not_counted=st.dictionaries(WORDS, st.integers(0, 99), max_size=2),
)  # fmt: skip
ACTUALS = st.builds(
    Actual, WORDS, WORDS, TEXTS, NUMBERS, WORDS, st.none() | st.dates(), st.none() | st.datetimes(timezones=st.just(UTC)),
    parts=st.lists(PARTS, max_size=2).map(tuple),
)  # fmt: skip
ROWS = st.builds(
    Row, WORDS, WORDS, st.integers(0, 999), WORDS, target=st.none() | st.builds(Figure, WORDS, st.none()), points=NUMBERS,
    actual=st.none() | ACTUALS,
)  # fmt: skip
HEADS = st.builds(
    Head, WORDS, WORDS, st.integers(2000, 2100), WORDS, TEXTS, st.integers(1, 9), st.dates(), WORDS, st.dates(), st.booleans()
)
CONTENTS = st.builds(
    Content, HEADS, st.lists(st.builds(PublicTable, WORDS, WORDS, rows=st.lists(ROWS, max_size=2).map(tuple)), max_size=2).map(tuple)
)


@given(CONTENTS)
def test_content_and_json_are_the_same_both_ways(content: Content) -> None:
    data = json.loads(canonical(content))
    assert from_json(data) == content
    assert canonical(from_json(data)) == canonical(content)
    assert digest(data) == digest(content)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(format="zhiheng-publication/0"),
        lambda data: data.pop("tables"),
        lambda data: data["head"].update(year="2020"),
        lambda data: data["head"].update(year=True),
        lambda data: data["head"].update(extra=1),
        lambda data: data["head"].update(due_on="20200101x"),
        lambda data: data["tables"].append(None),
    ],
)
def test_what_is_no_content_is_refused(spoil: Callable[[dict[str, Any]], object]) -> None:
    day = date(2020, 1, 1)
    data = to_json(Content(Head("a", "b", 2020, "final", Text("", ""), 1, day, "", day), ()))
    assert from_json(data).head.year == datetime(2020, 1, 1, tzinfo=UTC).year
    spoil(data)
    with pytest.raises(Malformed):
        from_json(data)
