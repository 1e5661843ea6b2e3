"""A new year's table: labels follow the year, references come from what is stored with their source, targets stay to be filled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.plan.plan import Cell, Figure, Indicator, Plan, References
from zhiheng.plan.procedure import State
from zhiheng.tables.reading import read
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context, Reading
from zhiheng.values.value import Missing, Quantity
from zhiheng_web.planning.actions.generate_table import generate_table
from zhiheng_web.planning.actions.import_table import import_history, import_table
from zhiheng_web.planning.generating import Stored, generate, three_year_mean
from zhiheng_web.planning.models import DutyHolding, GenerationNote, IndicatorRow, PartRow, PlannedValue, TableVersion
from zhiheng_web.planning.models import Indicator as Identity
from zhiheng_web.planning.queries.generating import bases, new_table
from zhiheng_web.planning.versions import freeze, load
from zhiheng_web.trail.action import Absent, Forbidden, Refusal

LINYI = Path(__file__).parents[3] / "examples" / "linyi-2020" / "table.txt"
TABLE = read(LINYI).tables[0]


@pytest.fixture
def approved(linyi) -> TableVersion:
    freeze(load(linyi), State.APPROVED, timezone.now())
    return linyi


def row_of(version: TableVersion, name: str) -> IndicatorRow:
    return IndicatorRow.objects.get(version=version, name=name)


class TestLabels:
    @pytest.mark.parametrize(
        ("year", "plan"), [(2020, "十三五"), (2021, "十四五"), (2025, "十四五"), (2026, "十五五"), (2030, "十五五"), (2016, "十三五")]
    )
    def test_they_follow_the_budget_year(self, year: int, plan: str) -> None:
        labels = generate(replace(TABLE.plan, year=year - 1), year, {}, {}).table.plan.labels
        assert plan in labels.planned
        assert labels.standard == f"{year}年标准值"
        assert f"{year - 3}-{year - 1}" in labels.mean
        assert f"{year - 1}年" in labels.last_year


class TestMean:
    @given(st.lists(st.decimals(min_value=0, max_value=10**6, places=2), min_size=1, max_size=3))
    def test_it_is_exact_or_says_that_it_is_rounded(self, amounts: list[Decimal]) -> None:
        stored = [Stored(2017 + n, Reading(f"{amount}家", Quantity(amount, "家")), "x") for n, amount in enumerate(amounts)]
        mean = three_year_mean(stored, Indicator(Cell("企业数")))
        exact = sum(map(Fraction, amounts), Fraction(0)) / len(amounts)
        assert mean is not None
        shown = Fraction(mean.reading.value.amount)
        assert (shown == exact) is not mean.rounded
        assert abs(shown - exact) <= Fraction(1, 200)

    def test_units_are_converted_and_different_measures_refused(self) -> None:
        def stored(*texts: str) -> list[Stored]:
            return [Stored(2017 + n, parse(text, Context(name="面积")), "x") for n, text in enumerate(texts)]

        mean = three_year_mean(stored("20万平方米", "100000平方米"), Indicator(Cell("面积")))
        assert mean is not None
        assert mean.reading.value == Quantity(Decimal(150000), "平方米")
        assert three_year_mean(stored("20家", "10项"), Indicator(Cell("x"))) is None
        assert three_year_mean(stored("20家", "应检尽检"), Indicator(Cell("x"))) is None
        assert three_year_mean([], Indicator(Cell("x"))) is None

    def test_zero_is_a_year_and_a_missing_year_is_not_zero(self) -> None:
        plan = Plan("2020年表", "duty-table", 2020, indicators=(_row("12家"),))
        zero, six = parse("0家", Context()), parse("6家", Context())
        of_two = generate(plan, 2021, {0: {2018: Stored(2018, zero, "甲"), 2020: Stored(2020, six, "乙")}}, {})
        row = of_two.table.plan.indicators[0]
        assert row.references.mean.text == "3家"
        assert "3年中2年" in row.references.history_source.text
        assert "缺2019年" in row.references.history_source.text
        assert [note.kind for note in of_two.notes if note.field == "references.mean"] == ["incomplete"]


def _row(target: str, **words: str) -> Indicator:
    blank = Figure(parse("", Context()))
    references = References(blank, blank, Cell(""), blank, blank, Cell(""))
    return Indicator(Cell("指标"), target=Figure(parse(target, Context())), references=references, remark=Cell(words.get("remark", "")))


class TestTexts:
    def test_a_text_that_names_an_old_year_or_plan_is_flagged_and_kept(self) -> None:
        plan = Plan(
            "2020年表", "duty-table", 2020, indicators=(_row("5家", remark="2019年省科技厅未组织申报"), _row("5家", remark="重点工作"))
        )
        made = generate(replace(plan, strategic_goal=Cell("到“十三五”末基本建成")), 2021, {}, {})
        flagged = [(note.row, note.field) for note in made.notes if note.kind == "old_year"]
        assert flagged == [(None, "strategic_goal"), (0, "remark")]
        assert made.table.plan.indicators[0].remark.text == "2019年省科技厅未组织申报"
        assert made.table.plan.title == "2021年表"

    def test_a_year_inside_a_longer_number_is_none(self) -> None:
        plan = Plan("表", "duty-table", 2020, indicators=(_row("5家", remark="合同号 320190012"),))
        assert not [note for note in generate(plan, 2021, {}, {}).notes if note.kind == "old_year"]


class TestGenerated:
    def test_targets_standards_points_and_amounts_are_left_to_fill(self, approved, viewer) -> None:
        new = load(generate_table(viewer("jixiao"), approved.pk, 2021))
        assert (new.version.state, new.year, new.version.based_on_id) == ("draft", 2021, approved.pk)
        assert len(new.rows) == 36
        for row in new.rows:
            assert row.target_text == row.standard_text == row.standard_source == ""
            assert row.points is None
        assert isinstance(new.table.plan.indicators[0].target.reading.value, Missing)
        assert new.version.total is None
        assert new.version.total_text == ""

    def test_names_duties_and_identities_stay(self, approved, viewer) -> None:
        new = generate_table(viewer("jixiao"), approved.pk, 2021)
        old_rows, new_rows = (
            list(IndicatorRow.objects.filter(version=version).order_by("position").values_list("indicator", "name", "duty_row__duty"))
            for version in (approved, new)
        )
        assert old_rows == new_rows
        assert Identity.objects.count() == 36

    def test_last_year_and_mean_come_from_history_with_their_source(self, approved, organisation, viewer) -> None:
        """高新技术企业: 2019 stands in the table of 2020 as 160家; 2020's self-evaluation says 180家; 2018's nothing."""
        name = "高新技术企业认定数量"
        evaluation = replace(
            TABLE,
            plan=replace(
                TABLE.plan,
                title="2020年部门整体绩效自评表",
                indicators=tuple(
                    replace(row, actual=Figure(parse("180家" if row.name.text == name else "", Context()))) for row in TABLE.plan.indicators
                ),
            ),
        )
        TableVersion.objects.filter(pk=approved.pk).update(state="declared_history")
        import_history(viewer("jixiao"), organisation.units["331001"], evaluation)
        new = generate_table(viewer("jixiao"), approved.pk, 2021)
        row = row_of(new, name)
        assert row.last_year_text == "180家"
        assert row.mean_text == "170家"  # (160 + 180) / 2
        assert "2020年绩效自评表" in row.history_source
        assert "3年中2年（缺2018年）" in row.history_source
        kinds = dict(GenerationNote.objects.filter(version=new, row=row).values_list("field", "kind"))
        assert kinds["references.mean"] == "incomplete"
        assert kinds["references.last_year"] == "computed"

    @pytest.mark.parametrize(
        ("title", "made"),
        [
            ("2020年度项目支出绩效自评表", "2021年度项目支出绩效目标申报表"),
            ("绩效目标自评表(2020年度)", "绩效目标申报表(2021年度)"),
            ("部门整体自评表", "部门整体绩效目标申报表"),
        ],
    )
    def test_a_declaration_made_from_a_self_evaluation_is_called_one(self, title, made) -> None:
        assert generate(replace(TABLE.plan, title=title, layout="self-evaluation"), 2021, {}, {}).table.plan.title == made
        assert generate(replace(TABLE.plan, title="2020年自评表"), 2021, {}, {}).table.plan.title == "2021年自评表"  # another form

    def test_what_is_not_stored_stays_blank_and_is_said(self, approved, viewer) -> None:
        new = generate_table(viewer("jixiao"), approved.pk, 2021)
        assert set(IndicatorRow.objects.filter(version=new).values_list("last_year_text", flat=True)) == {""}
        assert GenerationNote.objects.filter(version=new, field="references.last_year", kind="missing").count() == 36
        assert row_of(new, "高新技术企业认定数量").mean_text == "160家"  # one of three years is known, from the table of 2020

    def test_a_five_year_plan_value_of_the_year_is_used(self, approved, viewer) -> None:
        indicator = row_of(approved, "高新技术企业认定数量").indicator
        PlannedValue.objects.create(indicator=indicator, plan="十四五", year=2021, text="700家", source="市“十四五”科技创新规划")
        PlannedValue.objects.create(indicator=indicator, plan="十四五", year=2022, text="800家")
        new = generate_table(viewer("jixiao"), approved.pk, 2021)
        assert row_of(new, "高新技术企业认定数量").planned_text == "700家"
        assert IndicatorRow.objects.filter(version=new).exclude(planned_text="").count() == 1

    def test_tags_and_parts_come_along_only_when_asked(self, approved, viewer) -> None:
        row = row_of(approved, "高新技术企业认定数量")
        IndicatorRow.objects.filter(pk=row.pk).update(level_1="output", points=Decimal(5), direction="up")
        PartRow.objects.create(indicator_row=row, position=0, name="认定", target_text="60家", unit="家", due_on=date(2020, 12, 31))
        new = row_of(generate_table(viewer("jixiao"), approved.pk, 2021), "高新技术企业认定数量")
        assert (new.level_1, new.direction, new.points) == ("output", "up", None)
        part = new.parts.get()
        assert (part.name, part.unit, part.target_text, part.due_on) == ("认定", "家", "", None)
        bare = row_of(generate_table(viewer("jixiao"), approved.pk, 2022, carry_tags=False), "高新技术企业认定数量")
        assert bare.level_1 == ""
        assert not bare.parts.exists()

    def test_a_duty_that_moved_is_said(self, approved, organisation, viewer) -> None:
        held = DutyHolding.objects.get(duty__name="外国专家服务")
        held.until = date(2021, 1, 1)
        held.save()
        other = organisation.units["101001"]
        DutyHolding.objects.create(duty=held.duty, department=other.department, unit=other, since=date(2021, 1, 1))
        new = generate_table(viewer("jixiao"), approved.pk, 2021)
        note = GenerationNote.objects.get(version=new, kind="moved")
        assert "外国专家服务" in note.zh
        assert other.name in note.zh

    def test_what_the_page_shows_is_what_is_written(self, approved, viewer) -> None:
        shown = new_table(viewer("jixiao"), approved.pk, None)
        new = generate_table(viewer("jixiao"), approved.pk, shown.year)
        rows = IndicatorRow.objects.filter(version=new).order_by("position")
        assert [(row.name, row.mean_text, row.last_year_text, row.history_source) for row in rows] == [
            (row.name, row.mean, row.last_year, row.source) for row in shown.rows
        ]


class TestRefused:
    def test_a_draft_is_no_base(self, linyi, viewer) -> None:
        with pytest.raises(Refusal) as caught:
            generate_table(viewer("jixiao"), linyi.pk, 2021)
        assert caught.value.code == "not_settled"
        assert bases(viewer("jixiao")) == ()

    def test_a_year_that_has_a_table_and_one_that_is_not_later(self, approved, organisation, viewer) -> None:
        assert bases(viewer("jixiao")) == (approved,)
        generate_table(viewer("jixiao"), approved.pk, 2021)
        assert bases(viewer("jixiao")) == ()
        for year, code in ((2021, "year_exists"), (2020, "year_not_later"), (2019, "year_not_later")):
            with pytest.raises(Refusal) as caught:
                generate_table(viewer("jixiao"), approved.pk, year)
            assert caught.value.code == code

    @pytest.mark.parametrize("username", ["jingban", "kezhang", "fenguan", "juzhang", "czjixiao", "shenji", "baomi"])
    def test_only_the_performance_officer(self, username, approved, viewer) -> None:
        with pytest.raises((Forbidden, Absent)):
            generate_table(viewer(username), approved.pk, 2021)
        assert bases(viewer(username)) == ()

    def test_the_number_of_queries_does_not_depend_on_the_rows(
        self, approved, organisation, viewer, django_assert_num_queries, django_assert_max_num_queries
    ) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        many = replace(
            TABLE,
            plan=replace(
                TABLE.plan,
                indicators=tuple(replace(row, name=Cell(f"{row.name.text}{n}")) for n in range(6) for row in TABLE.plan.indicators),
            ),
        )
        officer = viewer("jixiao")
        large = import_table(officer, organisation.units["331002"], many, kind="unit")
        freeze(load(large), State.APPROVED, timezone.now())
        counts = []
        for version in (approved, large):
            with CaptureQueriesContext(
                connection,
            ) as captured:
                new_table(officer, version.pk, 2021)
            counts.append(len(captured))
        assert counts[0] == counts[1]
