"""The demonstration's year as rows of its database: who did what, what was asked for was given, and every figure from where it belongs."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from tests.demonstrated import DATABASE

TABLES = 10


@pytest.fixture
def rows(demonstrated: Path) -> Iterator[sqlite3.Connection]:
    """The database of the filled demonstration, read only."""
    found = sqlite3.connect(f"file:{demonstrated / DATABASE}?mode=ro", uri=True)
    yield found
    found.close()


def test_both_rounds_are_closed_with_a_report_of_every_table(rows: sqlite3.Connection) -> None:
    found = rows.execute(
        """select r.last, r.closed_at is not null, count(*), sum(p.state = 'submitted') from evaluation_monitoringround r
        join evaluation_monitoringreport p on p.round_id = r.id group by r.id order by r.last"""
    ).fetchall()
    assert found == [("2020-06-30", 1, TABLES, TABLES), ("2020-09-30", 1, TABLES, TABLES)]


def test_what_lags_has_its_reason_and_what_is_red_its_correction(rows: sqlite3.Connection) -> None:
    lamps = Counter(lamp for (lamp,) in rows.execute("select lamp from evaluation_monitoringrow"))
    assert lamps["red"] >= 4
    assert lamps["yellow"] >= 4
    unsaid = rows.execute(
        "select count(*) from evaluation_monitoringrow where lamp in ('red', 'yellow') and (reasons = '' or explanation = '')"
    ).fetchone()
    assert unsaid == (0,)
    uncorrected = rows.execute(
        """select count(*) from evaluation_monitoringrow m where m.lamp = 'red'
        and not exists (select 1 from evaluation_rectificationitem i where i.monitoring_row_id = m.id)"""
    ).fetchone()
    assert uncorrected == (0,)


def test_every_item_is_closed_but_one_and_by_somebody_else_than_who_reported(rows: sqlite3.Connection) -> None:
    states = Counter(state for (state,) in rows.execute("select state from evaluation_rectificationitem"))
    assert states == {"closed": 7, "open": 1}
    same = rows.execute(
        """select count(*) from evaluation_rectificationitem i join evaluation_rectificationstep s on s.item_id = i.id
        where s.kind = 'reported' and s.by_id = i.closed_by_id"""
    ).fetchone()
    assert same == (0,)
    assert rows.execute("select count(*) from evaluation_rectificationstep where kind = 'returned'").fetchone()[0] >= 1


def test_a_survey_gives_the_share_of_its_answers(rows: sqlite3.Connection) -> None:
    """By plain SQL over the replies: very satisfied and satisfied in full, fairly satisfied at 60 per cent."""
    surveys = rows.execute(
        "select id, title, json_extract(result, '$.numerator'), json_extract(result, '$.denominator') from evaluation_survey"
    ).fetchall()
    assert len(surveys) == 3
    for pk, title, over, under in surveys:
        grades = rows.execute(
            """select r.grade, count(*) from evaluation_surveyreply r join evaluation_surveyquestion q on q.id = r.question_id
            where q.survey_id = ? and q.counts group by r.grade""",
            (pk,),
        ).fetchall()
        share = {5: Fraction(1), 4: Fraction(1), 3: Fraction(3, 5), 2: Fraction(0), 1: Fraction(0)}
        pleased = sum((share[grade] * count for grade, count in grades), Fraction(0)) / sum(count for _, count in grades)
        assert Fraction(over) / Fraction(under) == pleased, title
    invited, used = rows.execute("select count(*), sum(used) from evaluation_surveyinvitation").fetchone()
    assert used < invited


def test_only_what_no_ledger_gives_is_declared_or_judged(rows: sqlite3.Connection) -> None:
    declared = rows.execute(
        """select v.title, count(*) from ledgers_entryversion v join ledgers_register r on r.id = v.register_id
        where r.code like 'own_%' group by v.title order by v.title"""
    ).fetchall()
    assert dict(declared) == {
        "补偿办理时限": 2, "带动企业研发服务支出": 1, "合作项目带动企业研发投入": 1, "规划任务纳入部门年度计划的比例": 1,
    }  # fmt: skip
    judged = rows.execute(
        """select i.name from evaluation_selfevaluationrow w join planning_indicatorrow i on i.id = w.indicator_row_id
        where w.tier is not null order by i.name"""
    ).fetchall()
    assert {name for (name,) in judged} == {"补助资金拨付完成时间", "规划评审"}
    bare = rows.execute(
        "select count(*) from evaluation_selfevaluationrow where snapshot_id is null and survey_id is null and tier is null"
    ).fetchone()
    assert bare == (0,)


def test_the_override_was_confirmed_by_somebody_else(rows: sqlite3.Connection) -> None:
    found = rows.execute(
        """select a.username, b.username from evaluation_selfevaluationrow w join organisation_account a on a.id = w.override_by_id
        join organisation_account b on b.id = w.override_confirmed_by_id"""
    ).fetchall()
    assert found == [("jixiao", "fenguan")]


def test_anybody_can_draw_the_sample_again(rows: sqlite3.Connection) -> None:
    """By hand: each identity by the digest of the seed and itself, the smallest first (zhiheng.evaluation.sample)."""
    pk, seed, size, population = rows.execute("select id, seed, size, population from evaluation_sample").fetchone()
    known = population.split("\n")
    assert len(known) == TABLES
    order = sorted(known, key=lambda one: (hashlib.sha256(f"{seed}\n{one}".encode()).hexdigest(), one))
    drawn = rows.execute(
        "select self_evaluation_id, finished_at is not null from evaluation_recheck where sample_id = ? order by place", (pk,)
    ).fetchall()
    assert [one.replace("-", "") for one in order[:size]] == [str(one).replace("-", "") for one, _ in drawn]
    assert all(finished for _, finished in drawn)


def test_the_sheet_is_whole_and_every_figure_has_a_source(rows: sqlite3.Connection) -> None:
    found = dict(rows.execute("select code, value from evaluation_sheetfigure where source <> '' and replaced_by_id is null"))
    assert len(found) == 28
    assert Decimal(found["completed"]).scaleb(-4) == Decimal("49658500")
    assert Decimal(found["carryover"]).scaleb(-4) == Decimal("53040000") - Decimal("49658500")
    assert (found["tasks_assigned"], found["tasks_done"]) == (210000, 210000)


def test_each_step_of_a_package_is_by_another_person(rows: sqlite3.Connection) -> None:
    found = rows.execute(
        """select p.kind, p.edition, r.username, s.username, u.username from publication_package p
        join organisation_account r on r.id = p.reviewed_by_id join organisation_account s on s.id = p.signed_by_id
        join organisation_account u on u.id = p.published_by_id order by p.kind, p.edition"""
    ).fetchall()
    assert found == [
        ("budget", 1, "baomi", "juzhang", "jixiao"),
        ("final", 1, "baomi", "juzhang", "jixiao"),
        ("final", 2, "baomi", "juzhang", "jixiao"),
    ]
    letter = rows.execute("select letter_number from publication_package where letter_number <> ''").fetchall()
    assert letter == [("临科函〔2021〕演示18号",)]


def test_the_marks_of_the_panel_sum_to_the_evaluation(rows: sqlite3.Connection) -> None:
    """Two evaluators: the mean of each item, to hundredths, summed."""
    items: dict[str, list[int]] = {}
    for item, points in rows.execute("select item_id, points from evaluation_mark"):
        items.setdefault(item, []).append(points)
    assert {len(marks) for marks in items.values()} == {2}
    means = [Fraction(sum(marks), len(marks) * 10000) for marks in items.values()]
    total, grade = rows.execute("select total, grade from evaluation_evaluation").fetchone()
    assert Fraction(total, 10000) == sum(means, Fraction(0))
    assert (Decimal(total).scaleb(-4), grade) == (Decimal("84.5"), "良")
