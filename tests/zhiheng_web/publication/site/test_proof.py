"""verify.py: every figure recomputed, every changed datum named; the pages hold the same figures."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from zhiheng_web.publication.building.redacting import redacted
from zhiheng_web.publication.content import digest, to_json
from zhiheng_web.publication.content.places import Withheld
from zhiheng_web.publication.queries.published import Published
from zhiheng_web.publication.site import proof
from zhiheng_web.publication.site.writing import write
from zhiheng_web.wording import Text

FIGURE = re.compile(r'<data class="figure" data-figure="([^"]+)" value="([^"]+)">([^<]*)</data>')


OK, BAD, SHUT = "\t一致 / ok", "\t不一致 / DIFFERS", "\t不能重算 / not recomputable"


def verified(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", str(folder / "proof" / "verify.py")]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONIOENCODING": "utf-8"})


def data_of(folder: Path) -> Path:
    return next((folder / "proof" / "data").glob("*.json"))


def resealed(folder: Path, file: Path, records: list[dict[str, Any]]) -> None:
    """As somebody would who changes the digests too: only the computing itself can tell."""
    import csv

    for one in records:
        one.pop("digest", None)
        rows = list(csv.DictReader((file.parent / one["lines"]).open(encoding="utf-8", newline=""))) if one["lines"] else []
        one["digest"] = hashlib.sha256(json.dumps([one, rows], ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    file.write_text(json.dumps(records, ensure_ascii=False), "utf-8")


def test_every_figure_is_recomputed(folder: Path) -> None:
    done = verified(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    records = json.loads(data_of(folder).read_text("utf-8"))
    assert len(lines) == len(records) + 3, "a line for every record, one for the packages, one for the pages, one that counts"
    assert all(line.endswith((OK, SHUT)) for line in lines[:-1])
    assert sum(line.endswith(OK) for line in lines) >= 40


def test_without_figures_nothing_is_proved(folder: Path) -> None:
    for path in (folder / "proof").glob("*.json"):
        path.unlink()
    shutil.rmtree(folder / "proof" / "data")
    done = verified(folder)
    assert done.returncode == 1
    assert "files.json" in done.stdout


def test_every_data_file_that_is_missing_or_changed_is_named(folder: Path) -> None:
    """The data of the proof, their lists, and the open data of the packages."""
    files = [path for path in folder.rglob("*") if path.suffix in (".csv", ".json") and path.name != "manifest.json"]
    assert {path.parent.parent.name for path in files} >= {"lines", "site"}
    assert {path.name for path in files} >= {"files.json", "indicators.csv", "content.json"}
    for path in files:
        kept = path.read_bytes()
        path.unlink()
        done = verified(folder)
        assert done.returncode == 1, path
        assert path.name in done.stdout + done.stderr, path
        path.write_bytes(kept[: len(kept) // 2])
        done = verified(folder)
        assert done.returncode == 1, path
        assert path.name in done.stdout or "lines" in path.parts, path
        path.write_bytes(kept)
    assert verified(folder).returncode == 0


def test_a_page_or_document_of_which_one_byte_differs_is_named(folder: Path) -> None:
    """One of each kind: page, table as PDF and as spreadsheet, style."""
    kinds = {path.suffix: path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in (".csv", ".json", ".py")}
    assert set(kinds) >= {".html", ".pdf", ".xlsx", ".css"}
    check = (folder / "check.html").read_bytes()
    for path in (*kinds.values(), next(folder.glob("*-final-1/*/d*-i*.html"))):
        kept = path.read_bytes()
        path.write_bytes(kept[:-9] + bytes([kept[-9] ^ 1]) + kept[-8:])
        done = verified(folder)
        assert done.returncode == 1, path
        named = [line for line in done.stdout.splitlines() if line.endswith(BAD)]
        assert len(named) == 1
        assert path.relative_to(folder).as_posix() in named[0]
        (folder / "check.html").unlink(missing_ok=True)
        assert verified(folder).returncode == 1, "taking another page away hides nothing"
        path.write_bytes(kept)
        (folder / "check.html").write_bytes(check)
    assert verified(folder).returncode == 0


def test_a_document_that_is_missing_is_named(folder: Path) -> None:
    next(folder.rglob("*.pdf")).unlink()
    done = verified(folder)
    assert done.returncode == 1
    assert ".pdf" in done.stdout


def test_a_record_taken_out_is_missed(folder: Path) -> None:
    file = data_of(folder)
    records = json.loads(file.read_text("utf-8"))
    for place in range(len(records)):
        file.write_text(json.dumps(records[:place] + records[place + 1 :], ensure_ascii=False), "utf-8")
        assert verified(folder).returncode == 1, records[place]["id"]


def test_the_folder_of_the_proof_stands_alone(folder: Path, tmp_path: Path) -> None:
    (folder / "proof").rename(tmp_path / "taken")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "taken").rename(tmp_path / "elsewhere" / "proof")
    done = verified(tmp_path / "elsewhere")
    assert done.returncode == 0, done.stdout
    (pages,) = [line for line in done.stdout.splitlines() if line.startswith("网页和文件")]
    assert pages.split("\t")[1:3] == ["—", "—"], "what is not there is not said to be checked"


def test_every_line_is_in_both_languages_or_in_none(folder: Path) -> None:
    """Chinese, with English behind a slash; names of indicators are Chinese as they were approved."""
    for line in verified(folder).stdout.splitlines():
        for said in line.split("\t")[1:] if "\t" in line else line.split("; "):
            chinese, latin = re.search("[\u4e00-\u9fff]", said), re.search("[A-Za-z]{3}", said)
            assert (chinese is None and latin is None) or " / " in said, line


def test_the_program_is_under_a_page_and_needs_nothing_else() -> None:
    text = proof.program().decode()
    assert len(text.splitlines()) <= 60
    assert max(map(len, text.splitlines())) <= 140
    imported = set(re.findall(r"^(?:import|from) (.+?)(?: import.*)?$", text, re.MULTILINE))
    names = {name.strip() for one in imported for name in one.split(",")}
    assert names <= {"csv", "hashlib", "json", "pathlib", "datetime", "fractions"}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in places(inner, (*path, key))]
    if isinstance(value, list) and value:
        return [found for index, inner in enumerate(value) for found in places(inner, (*path, index))]
    return [path]


def changed(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case None:
            return "1"
        case int():
            return value + 1
        case list() | dict():
            return ["1"]
        case _:
            return value + "1"


def test_any_changed_datum_is_named(folder: Path) -> None:
    file = data_of(folder)
    records = json.loads(file.read_text("utf-8"))
    kinds: dict[str, dict[str, Any]] = {}
    for one in records:
        kinds.setdefault(one["kind"] + str(bool(one["lines"])) + str(one.get("closed") != ""), one)
    assert {key[:5] for key in kinds} == {"figur", "state", "point", "total", "files"}
    for record in kinds.values():
        for path in places(record):
            copy = json.loads(json.dumps(records))
            target: Any = copy[records.index(record)]
            for key in path[:-1]:
                target = target[key]
            target[path[-1]] = changed(target[path[-1]])
            file.write_text(json.dumps(copy, ensure_ascii=False), "utf-8")
            done = verified(folder)
            assert done.returncode == 1, path
            named = [line for line in done.stdout.splitlines() if line.endswith(BAD)]
            assert any(record["name"] in line for line in named) or path == ("name",), (path, done.stdout[-500:], done.stderr)


def test_a_changed_line_is_named_whether_it_moves_the_figure_or_not(folder: Path) -> None:
    for file in sorted((folder / "proof" / "data" / "lines").rglob("*.csv")):
        before = file.read_bytes()
        head, first, *rest = before.decode().splitlines()
        for lines in ([head, *rest], [head, first, first, *rest], [head, first[:-1] + "x" if first[-1:] != "," else first + "9", *rest]):
            file.write_text("\n".join(lines) + "\n", "utf-8")
            done = verified(folder)
            assert done.returncode == 1
            assert BAD in done.stdout
        file.write_bytes(before)
    assert verified(folder).returncode == 0


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("figure", lambda one: one.update(number=str(Decimal(one["number"]) + 1))),
        ("points", lambda one: one.update(points=str(Decimal(one["points"]) - 1))),
        ("points", lambda one: one.update(effective=str(Decimal(one["effective"]) + 1))),
        ("total", lambda one: one.update(total=str(Decimal(one["total"]) + 1))),
        ("total", lambda one: one.update(grade="差")),
        ("state", lambda one: one.update(state="met" if one["state"] == "missed" else "missed")),
    ],
)
def test_a_changed_figure_is_named_by_computing_even_with_its_digest_renewed(folder: Path, kind: str, change: Any) -> None:
    file = data_of(folder)
    records = json.loads(file.read_text("utf-8"))
    one = next(
        one
        for one in records
        if one["kind"] == kind
        and not one["closed"]
        and (kind != "state" or any(tests for _, _, tests in one["parts"]))
        and (kind != "figure" or one["number"] is not None)
    )
    change(one)
    resealed(folder, file, records)
    done = verified(folder)
    assert done.returncode == 1
    assert any(line.endswith(BAD) for line in done.stdout.splitlines())


def test_every_figure_on_every_page_is_the_stored_and_the_recomputed_one(folder: Path, packages: list[Published]) -> None:
    key = data_of(folder).stem
    records = {f"{key}/{one['id']}": one for one in json.loads(data_of(folder).read_text("utf-8"))}
    recomputed = {}
    for one, line in zip(records.values(), verified(folder).stdout.splitlines(), strict=False):
        recomputed[f"{key}/{one['id']}"] = line.split("\t")
    content = packages[0].content
    stored: dict[str, Decimal | None] = {}
    for table in content.tables:
        stored[f"{key}/{table.slug}/total"] = table.score.total if table.score else None
        stored[f"{key}/{table.slug}/execution"] = table.score.execution.points if table.score and table.score.execution else None
        for row in table.rows:
            place = f"{key}/{table.slug}/{row.slug}"
            stored[f"{place}/points"] = row.result.points if row.result else None
            for part in row.actual.parts if row.actual else ():
                stored[f"{place}/part/{part.code}"] = part.number
    seen = set()
    for page in folder.rglob("*.html"):
        for address, value, _ in FIGURE.findall(page.read_text("utf-8")):
            seen.add(address)
            assert Decimal(value) == stored[address], (page, address)
            record = records[address]
            assert Decimal(record.get("number") or record.get("points") or record.get("total")) == Decimal(value)
            found = recomputed[address]
            if found[-1] == OK.strip():
                assert abs(Fraction(found[2]) - Fraction(value)) < Fraction(1, 10**6), address
    assert seen == {address for address, value in stored.items() if value is not None}


PERCENT = {"kind": "percent", "unit": "%"}


@pytest.mark.parametrize(
    ("measure", "target", "text", "number", "unit", "state", "word"),
    [
        ("external", {"kind": "number", "op": "≥", "unit": "篇", "value": "3"}, "≥3篇", "4", "篇", "met", OK),
        ("external", {"kind": "number", "op": "≥", "unit": "篇", "value": "3"}, "≥3篇", "2", "篇", "missed", OK),
        ("external", {"kind": "duration", "op": "≤", "unit": "工作日", "value": "20"}, "≤20个工作日", "30", "个工作日", "missed", OK),
        ("external", {"kind": "money", "op": "≥", "unit": "万元", "value": "1500"}, "1500万元以上", "1068.4", "万元", "missed", OK),
        ("external", {"kind": "money", "op": "≥", "unit": "万元", "value": "1500"}, "1500万元以上", "0.16", "亿元", "met", OK),
        ("external", {**PERCENT, "op": "=", "value": "100"}, "100%", "100", "%", "met", OK),
        ("external", None, "高于全省平均", "34.9", "%", "met", SHUT),
    ],
)
def test_whether_a_figure_without_public_entries_met_its_target_follows_from_figure_and_target(
    packages: list[Published], tmp_path: Path, measure: str, target: Any, text: str, number: str, unit: str, state: str, word: str
) -> None:
    """Figure and target are public even where no entry is: declared by the unit, or published by somebody else."""
    data = json.loads(json.dumps(packages[0].data))
    row = next(one for one in data["tables"][0]["rows"] if one["actual"]["parts"])
    row["actual"] |= {"source": "declared", "state": state, "number": number, "unit": unit, "decisive": 0, "join": "one"}
    row["actual"]["parts"] = [
        row["actual"]["parts"][0]
        | {"measure": measure, "number": number, "unit": unit, "state": state, "target": "", "closed": "column", "lines": [], "columns": []}
    ]
    row["target"] = {"text": text, "value": target}
    write(tmp_path / "site", [replace(packages[0], data=data, digest=digest(data))])
    done = verified(tmp_path / "site")
    assert done.returncode == 0
    (line,) = [one for one in done.stdout.splitlines() if f"{row['name']}：完成情况" in one]
    assert line.endswith(word)
    if word == OK:
        file = data_of(tmp_path / "site")
        records = json.loads(file.read_text("utf-8"))
        one = next(record for record in records if record["id"].endswith(f"{row['slug']}/state"))
        one["state"] = "met" if state == "missed" else "missed"
        resealed(tmp_path / "site", file, records)
        assert verified(tmp_path / "site").returncode == 1


def test_whether_a_judged_row_met_its_target_is_said_to_be_judged(packages: list[Published], tmp_path: Path) -> None:
    data = json.loads(json.dumps(packages[0].data))
    row = next(one for one in data["tables"][0]["rows"] if len(one["actual"]["parts"]) == 1)
    row["actual"] |= {"state": "met"}
    row["actual"]["parts"][0] |= {"state": "judge"}
    row["result"] |= {"tier": 1, "judged_basis": "按佐证评定"}
    row["target"] = {"text": "较好", "value": None}
    write(tmp_path / "site", [replace(packages[0], data=data, digest=digest(data))])
    (line,) = [one for one in verified(tmp_path / "site").stdout.splitlines() if f"{row['name']}：完成情况" in one]
    assert "由人评定：已达成 / Judged by a person: Met" in line
    assert line.endswith(SHUT)


@pytest.mark.parametrize(
    ("rule", "tests"),
    [
        ({"figure": "a", "times": "10", "pieces": [[[[">=", "60"]], ["1", "0", "1", "0"]], [[], ["0", "1/60", "1", "0"]]]}, [[">=", "6"]]),
        ({"figure": "b", "times": "1", "pieces": [[[[">=", "60"]], ["1", "0", "1", "0"]]]}, None),
        ({"figure": "a", "times": "1", "pieces": [[[], ["1", "0", "1", "0"]]]}, None),
        ({"given": "1", "low": "0", "high": "1"}, None),
        (None, None),
    ],
)
def test_all_points_are_had_where_the_target_is_met(rule: Any, tests: Any) -> None:
    assert proof.full_tests(rule, "a") == tests


@pytest.mark.parametrize("cell", ["", "/points", "/actual", "/entries", "/target", "/months", "/evidence"])
def test_what_is_withheld_is_named_as_not_recomputable_and_nothing_differs(packages: list[Published], tmp_path: Path, cell: str) -> None:
    content = packages[0].content
    table = content.tables[0]
    name = Text("工作秘密", "Work secret")
    held = [Withheld(f"{table.slug}/{row.slug}{cell}", "work_secret", name) for row in table.rows[4:7]]
    data = to_json(redacted(content, held))
    write(tmp_path / "held", [replace(packages[0], data=data, digest=digest(data))])
    done = verified(tmp_path / "held")
    assert done.returncode == 0, done.stdout
    total = next(line for line in done.stdout.splitlines() if "总分" in line)
    assert total.endswith(SHUT if cell in ("", "/points") else OK)
