"""Open data: the published profile of Tabular Data Package v1, and files that say what the table says."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from zhiheng.interchange.opendata import About, Field, OpenTable, Value, files

PROFILE = json.loads((Path(__file__).parent / "profiles" / "tabular-data-package.json").read_text("utf-8"))
FIELDS = (
    Field("id", "编号", required=True),
    Field("actual", "实际完成值", "年度末", "number"),
    Field("state", "状态", values=(("reported", "已填报"), ("missing", "未填报"), ("not_due", "未到期"))),
    Field("year", "年度", type="year"),
    Field("met", "是否完成", type="boolean"),
    Field("on", "日期", type="date"),
)
ROWS: tuple[tuple[Value, ...], ...] = (
    ("k1", Decimal("0"), "reported", 2020, True, date(2020, 12, 31)),
    ("k2", None, "missing", 2020, None, None),
    ("k3", Decimal("34.60"), "reported", 2020, False, date(2020, 1, 1)),
)
TABLE = OpenTable("indicators", "绩效指标", FIELDS, ROWS, ("id",))
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
ABOUT = About(
    "linyi-kjj-2020-final",
    "临沂市科技局 2020 年度决算绩效",
    created=datetime(2021, 8, 1, 9, tzinfo=UTC),
    version="1",
    publisher="临沂市科学技术局",
    licence=("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", "署名 4.0"),
)


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


class TestThePackage:
    def test_it_keeps_to_the_published_profile(self) -> None:
        package = json.loads(files(ABOUT, [TABLE])["datapackage.json"])
        assert list(Draft4Validator(PROFILE).iter_errors(package)) == []

    def test_the_profile_refuses_what_it_should(self) -> None:
        """So that the test above can fail."""
        package = json.loads(files(ABOUT, [TABLE])["datapackage.json"])
        package["resources"][0]["schema"]["fields"][0].pop("name")
        assert list(Draft4Validator(PROFILE).iter_errors(package))

    def test_titles_types_key_and_missing_values(self) -> None:
        resource = json.loads(files(ABOUT, [TABLE])["datapackage.json"])["resources"][0]
        schema = resource["schema"]
        assert [(field["name"], field["title"], field["type"]) for field in schema["fields"]] == [(f.name, f.title, f.type) for f in FIELDS]
        assert (schema["missingValues"], schema["primaryKey"]) == ([""], ["id"])
        assert schema["fields"][2]["constraints"]["enum"] == ["reported", "missing", "not_due"]
        assert "未填报" in schema["fields"][2]["description"]

    def test_size_and_digest_are_those_of_the_file(self) -> None:
        made = files(ABOUT, [TABLE])
        resource = json.loads(made["datapackage.json"])["resources"][0]
        data = made[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (len(data), "sha256:" + hashlib.sha256(data).hexdigest())

    def test_the_same_tables_give_the_same_bytes(self) -> None:
        assert files(ABOUT, [TABLE]) == files(ABOUT, [TABLE])


class TestTheFiles:
    def test_csv_opens_in_a_spreadsheet_and_keeps_zero_and_missing_apart(self) -> None:
        data = files(ABOUT, [TABLE])["indicators.csv"]
        assert data.startswith(b"\xef\xbb\xbf")
        found = rows_of(data)
        assert [row["actual"] for row in found] == ["0", "", "34.60"]
        assert [row["met"] for row in found] == ["true", "", "false"]

    def test_json_has_exact_digits_and_null(self) -> None:
        found = json.loads(files(ABOUT, [TABLE])["indicators.json"], parse_float=Decimal, parse_int=Decimal)
        assert [row["actual"] for row in found] == [Decimal(0), None, Decimal("34.60")]
        assert str(found[2]["actual"]) == "34.60"

    @given(
        st.lists(
            st.tuples(
                st.text(st.characters(codec="utf-8", exclude_characters="\x00")),
                st.none() | st.decimals(allow_nan=False, allow_infinity=False),
            )
        )
    )
    def test_any_text_and_number_come_back(self, pairs: list[tuple[str, Decimal | None]]) -> None:
        fields = (Field("words", "文字"), Field("amount", "数", type="number"))
        made = files(ABOUT, [OpenTable("t", "表", fields, tuple(pairs))])
        found = json.loads(made["t.json"], parse_float=Decimal, parse_int=Decimal)
        assert [(row["words"] or "", row["amount"]) for row in found] == pairs
        cells = list(csv.reader(io.StringIO(made["t.csv"].decode("utf-8-sig"), newline="")))[1:]
        assert [Decimal(amount) if amount else None for _, amount in cells] == [amount for _, amount in pairs]
        formulas = [words for words, _ in cells if words[:1] in ("=", "+", "-", "@", "\t", "\r") and len(words) > 1]
        assert not formulas, "a spreadsheet would run them; one sign alone it leaves alone, and = is an operator of the table"

    def test_an_empty_table_still_has_its_headings(self) -> None:
        made = files(ABOUT, [OpenTable("t", "表", FIELDS, ())])
        assert json.loads(made["t.json"]) == []
        assert made["t.csv"].decode("utf-8-sig").strip() == "id,actual,state,year,met,on"


class TestRefusals:
    @pytest.mark.parametrize(
        ("table", "said"),
        [
            (OpenTable("t", "表", (Field("a", "甲", type="number"),), (("1",),)), "row 1, a"),
            (OpenTable("t", "表", (Field("a", "甲", type="integer"),), ((True,),)), "row 1, a"),
            (OpenTable("t", "表", (Field("a", "甲", type="number"),), ((Decimal("NaN"),),)), "row 1, a"),
            (OpenTable("t", "表", (Field("a", "甲", type="date"),), ((datetime(2020, 1, 1, tzinfo=UTC),),)), "row 1, a"),
            (OpenTable("t", "表", (Field("a", "甲", required=True),), ((None,),)), "must be filled"),
            (OpenTable("t", "表", (Field("a", "甲", values=(("x", "叉"),)),), (("y",),)), "row 1, a"),
            (OpenTable("t", "表", (Field("a", "甲"), Field("a", "乙")), ()), "distinct"),
            (OpenTable("t", "表", (Field("甲", "甲"),), ()), "Latin"),
            (OpenTable("t", "表", (Field("a", "甲"),), (("1", "2"),)), "2 values for 1"),
            (OpenTable("t", "表", (Field("a", "甲"),), (("1",), ("1",)), ("a",)), "same key"),
            (OpenTable("t", "表", (Field("a", "甲"),), (), ("b",)), "names no field"),
            (OpenTable("../t", "表", (Field("a", "甲"),), ()), "not a name"),
            (OpenTable("t", "表", (Field("a", "甲", type="money"),), ()), "no such type"),
        ],
    )
    def test_a_table_that_its_description_would_not_fit(self, table: OpenTable, said: str) -> None:
        with pytest.raises(ValueError, match=said):
            files(ABOUT, [table])

    def test_no_table_two_alike_and_a_name_that_is_none(self) -> None:
        for about, tables in ((ABOUT, []), (ABOUT, [TABLE, TABLE]), (About("临沂", "x"), [TABLE])):
            with pytest.raises(ValueError, match=r"."):
                files(about, tables)
