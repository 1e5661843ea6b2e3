"""The pages: everything linked, everything relative, nothing of what is not published, the same bytes live and in the folder."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import posixpath
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.zhiheng_web.publication.packages.conftest import SECRETS, Journey

from zhiheng_web.publication.content import canonical, digest, from_json
from zhiheng_web.publication.queries.published import Published, published
from zhiheng_web.publication.site import writing
from zhiheng_web.publication.site.pages import Site
from zhiheng_web.publication.site.writing import Foreign, former_files, write

LINK = re.compile(r'(?:href|src)="([^"#]+)"')


def test_every_link_leads_to_a_file_of_the_folder_and_every_file_is_reached(folder: Path) -> None:
    reached = {"index.html", "manifest.json"}
    for page in folder.rglob("*.html"):
        own = page.relative_to(folder).as_posix()
        for link in LINK.findall(page.read_text("utf-8")):
            if link.startswith(("http://", "https://")):
                continue
            assert not link.startswith("/")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(own), link))
            assert (folder / target).is_file(), (own, link)
            reached.add(target)
    every = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    named = ("proof/data/lines/", "proof/data/pages.json")
    left = {path for path in every - reached if not path.startswith(named) and not path.endswith("indicators.json")}
    assert left == set()


def test_every_page_has_a_language_a_title_one_heading_and_landmarks(folder: Path) -> None:
    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        english = page.relative_to(folder).parts[0] == "en"
        assert f'<html lang="{"en" if english else "zh-Hans"}"' in text
        assert text.count("<h1") == 1
        assert text.count("<main") == 1
        assert text.count("<caption") == text.count("<table")
        assert "<script" not in text
        assert " style=" not in text
        assert ' tabindex="1' not in text


def test_nothing_secret_is_anywhere_in_the_folder(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix in (".html", ".json", ".csv"):
            text = path.read_text("utf-8")
            assert [secret for secret in SECRETS if secret in text] == [], path


def test_the_live_pages_are_the_bytes_of_the_folder_without_a_cookie(folder: Path, packages: list[Published]) -> None:
    reader = Client()
    paths = [one for one in Site(packages).paths() if not one.endswith((".pdf", ".xlsx"))]
    for path in paths[:40] + [one for one in paths if one.startswith("proof/")][:6]:
        answer = reader.get(f"/public/{path}")
        assert answer.status_code == 200, path
        if path == writing.EXPECTED:  # a folder has the list of its pages besides
            live, kept = (json.loads(one)[0]["files"] for one in (answer.content, (folder / path).read_bytes()))
            assert {**live, "data/pages.json": ""} == kept
        else:
            assert answer.content == (folder / path).read_bytes(), path
        assert "Set-Cookie" not in answer.headers
        assert not answer.cookies
        again = reader.get(f"/public/{path}", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
    assert reader.get("/public/").content == (folder / "index.html").read_bytes()
    assert reader.post("/public/").status_code == 405
    assert "default-src" in reader.get("/public/").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["../manage.py", "%2e%2e/secret_key", "proof/../../secret_key", "x-2020-final-1/index.html", "proof/data/x.json"]
)
def test_what_is_not_of_the_site_is_not_found(packages: list[Published], path: str) -> None:
    assert packages
    assert Client().get(f"/public/{path}").status_code == 404


def test_a_package_that_is_only_signed_does_not_exist(final: Journey) -> None:
    row = final.to("signed")
    key = f"{row.department.code}-2020-final-1"
    reader = Client()
    assert row.department.name not in reader.get("/public/").content.decode()
    for path in (f"{key}/index.html", f"{key}/data/content.json", f"proof/data/{key}.json"):
        assert reader.get(f"/public/{path}").status_code == 404
    final.to("published")
    assert reader.get(f"/public/{key}/index.html").status_code == 200
    assert reader.get(f"/public/{key}/data/content.json").content == canonical(published()[0].data)


def test_writing_again_gives_the_same_bytes_and_removes_only_its_own(folder: Path, packages: list[Published]) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / "own.txt").write_text("mine")
    assert write(folder, packages).removed == 0
    assert {path: path.read_bytes() for path in before} == before
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for path, one in manifest["files"].items():
        assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == one["sha256"]
    done = write(folder, [])
    assert done.removed > 50
    assert (folder / "own.txt").read_text() == "mine"
    left = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert left == {
        "own.txt",
        "manifest.json",
        "index.html",
        "check.html",
        "en/index.html",
        "en/check.html",
        "assets/site.css",
        "proof/verify.py",
        "proof/files.json",
        "proof/data/pages.json",
    }


class Interrupted(Exception):
    """Something that goes wrong while the pages are made."""


def interrupted(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Let the making of files fail after so many."""
    whole = writing.everything

    def some(site: Site) -> Iterator[tuple[str, bytes]]:
        for number, one in enumerate(whole(site)):
            if number == after:
                raise Interrupted
            yield one

    monkeypatch.setattr(writing, "everything", some)


@pytest.mark.parametrize("after", [0, 7, 40])
def test_an_interrupted_writing_leaves_nothing_and_a_site_that_is_there_as_it_was(
    folder: Path, packages: list[Published], monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    interrupted(monkeypatch, after)
    for target in (folder, folder.parent / "other"):
        with pytest.raises(Interrupted):
            write(target, packages)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert [path.name for path in folder.parent.iterdir()] == ["site"]


def test_a_folder_that_may_be_written_where_its_parent_may_not(
    packages: list[Published], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a volume of a container is: nothing can be made beside it."""
    (tmp_path / "volume").mkdir()
    made = Path.mkdir

    def refused(self: Path, *rest: Any, **more: Any) -> None:
        if self.parent == tmp_path and not self.exists():
            raise PermissionError(13, "Permission denied", str(self))
        made(self, *rest, **more)

    monkeypatch.setattr(Path, "mkdir", refused)
    write(tmp_path / "volume", packages)
    assert (tmp_path / "volume" / "manifest.json").is_file()
    assert (tmp_path / "volume" / "proof" / "verify.py").is_file()
    with pytest.raises(PermissionError):
        write(tmp_path / "new", packages)


def test_an_end_on_the_way_into_the_folder_is_seen_and_mended(
    folder: Path, packages: list[Published], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another package comes; the machine goes down between two files. The proof must not pass, and writing again must make it whole."""
    other = json.loads(json.dumps(packages[0].data))
    other["head"]["code"] = "999"
    both = [*packages, replace(packages[0], data=other, digest=digest(other))]
    whole, number = writing.place, 0

    def some(where: Path, path: str, data: bytes) -> None:
        nonlocal number
        number += where == folder
        if number > 5:
            raise Interrupted
        whole(where, path, data)

    with monkeypatch.context() as patch:
        patch.setattr(writing, "place", some)
        with pytest.raises(Interrupted):
            write(folder, both)
    done = subprocess.run([sys.executable, "-I", str(folder / "proof" / "verify.py")], capture_output=True, check=False)
    assert done.returncode == 1
    assert b"999-2020-final-1.json" in done.stdout
    write(folder, both)
    assert subprocess.run([sys.executable, "-I", str(folder / "proof" / "verify.py")], capture_output=True, check=False).returncode == 0
    assert write(folder, packages).removed > 20
    assert not (folder / "999-2020-final-1").exists()


def test_a_foreign_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("x")
    with pytest.raises(Foreign):
        write(tmp_path, [])
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_list_that_points_outside_removes_nothing_there(tmp_path: Path) -> None:
    listed = {"format": "zhiheng-site/1", "files": {"../x": {}, "/etc/x": {}, "a/../../x": {}, "fine.html": {}}}
    (tmp_path / "manifest.json").write_text(json.dumps(listed))
    assert former_files(tmp_path) == ["fine.html"]


def test_the_goals_of_the_budget_are_shown_without_results(budget: Journey, tmp_path: Path) -> None:
    budget.to("published", "2020-02-01")
    write(tmp_path / "site", published())
    page = next((tmp_path / "site").glob("*-budget-1/department/index.html")).read_text("utf-8")
    assert "年度指标值" in page
    assert "实际完成值" not in page


def test_a_department_whose_code_has_a_capital_letter_is_published_like_any_other(packages: list[Published], tmp_path: Path) -> None:
    """Frictionless names are lower case (specs: name). The two codes must not become one name."""
    named = []
    for code in ("f", "F"):
        data = json.loads(json.dumps(packages[0].data))
        data["head"]["code"] = code
        write(tmp_path / f"{code}-site", [replace(packages[0], data=data, digest=digest(data))])
        folder = tmp_path / f"{code}-site" / f"{code}-2020-final-1"
        assert (folder / "index.html").is_file()
        named.append(json.loads((folder / "data" / "datapackage.json").read_text("utf-8"))["name"])
    assert named[0] == "f-2020-final-1"
    assert all(re.fullmatch(r"[-a-z0-9._/]+", name) for name in named)
    assert named[0] != named[1]


def again(package: Published, change: Any) -> str:
    """The page of the first indicator after a change of the content."""
    data = json.loads(json.dumps(package.data))
    change(data, data["tables"][0]["rows"][5])
    site = Site([replace(package, data=data, digest=digest(data))])
    slug = data["tables"][0]["rows"][5]["slug"]
    return site.file(f"{site.packages[0].key}/department/{slug}.html").decode()


def test_points_changed_by_hand_are_marked_with_both_figures_and_the_reason(packages: list[Published]) -> None:
    def change(_: Any, row: Any) -> None:
        row["result"]["override"] = {"computed": "2.5", "points": "1.25", "reason": "佐证不全"}
        row["result"]["points"] = "1.25"

    page = again(packages[0], change)
    assert "人工改分" in page
    assert "佐证不全" in page
    assert "2.5分，改为1.25分" in page


@pytest.mark.parametrize(
    ("weight", "why", "said"),
    [
        (None, "", "没有给本指标设分值，自评时设为22.5分"),
        ("20", "年初漏设，按自评要求补设", "批复分值20分，自评时改为22.5分"),
        ("22.50", "", ""),
    ],
)
def test_a_weight_that_is_not_the_approved_one_is_marked_and_said_on_row_and_table(
    packages: list[Published], weight: str | None, why: str, said: str
) -> None:
    data = json.loads(json.dumps(packages[0].data))
    for one in data["tables"][0]["rows"]:
        one["points"] = one["result"]["weight"]
    row = data["tables"][0]["rows"][5]
    row["points"] = weight
    row["result"] |= {"weight": "22.5", "points_reason": why}
    site = Site([replace(packages[0], data=data, digest=digest(data))])
    key = site.packages[0].key
    pages = [site.file(f"{key}/department/{name}.html").decode() for name in (row["slug"], "index")]
    english = [site.file(f"en/{key}/department/{name}.html").decode() for name in (row["slug"], "index")]
    assert said in pages[0]
    for page in pages:
        assert ("自评时调整" in page) is bool(said)
        assert ("按自评要求补设" in page) is bool(why)
    for page in english:
        assert ("self-evaluation</span>" in page) is bool(said)


def test_a_declared_row_says_figure_year_time_and_source_each_by_its_name(packages: list[Published]) -> None:
    def change(_: Any, row: Any) -> None:
        row["actual"] |= {"source": "declared"}
        how = {"sign": "", "name": {"zh": "数据年度与版次", "en": "Data year and edition"}, "words": "-4 · 2024 · 2 · 统计 · 报表"}
        columns = [{"name": "number", "text": {"zh": "编号", "en": "Number"}, "kind": "word"}]
        line = {"id": "abcdef", "reason": "", "counts_as": "x", "about": "", "read": {}, "shown": {"number": "a1"}}
        part = row["actual"]["parts"][0]
        part |= {"measure": "external", "unit": "%", "how": [how], "columns": columns, "lines": [line], "closed": "column"}

    page = again(packages[0], change)
    rows = re.findall(r"<tr><th scope=\"row\">([^<]*)</th><td lang=\"zh-Hans\">([^<]*)</td></tr>", page)
    assert rows == [("申报数", "-4 %"), ("数据年度", "2024"), ("第几次申报", "2"), ("数据来源", "统计 · 报表")]
    assert ">符号<" not in page
    assert page.count(">编号</th>") == 1
    assert ">公开编号</th>" in page
    assert "由单位申报，申报台账的条目不对外公开" in page
    assert "计算所用的列" not in page


def test_a_declared_change_is_said_in_words_never_by_a_sign(packages: list[Published]) -> None:
    """A rise of what was to fall is kept as -3: beside 增长3% that sign would say the contrary."""

    def change(_: Any, row: Any) -> None:
        asked = {"kind": "relative", "base": "上年", "change": "down", "op": "≥", "unit": "%", "value": "5"}
        row["target"] = {"text": "较上年下降5%", "value": asked}
        row["actual"] |= {"source": "declared", "number": "-3", "unit": "%", "shown": {"zh": "增长3%", "en": "rose by 3%"}}
        how = {"sign": "", "name": {"zh": "数据年度与版次", "en": "Data year and edition"}, "words": "-3 · 2024 · 1 · 统计"}
        row["actual"]["parts"][0] |= {"measure": "external", "number": "-3", "unit": "%", "how": [how], "lines": [], "columns": []}

    page = again(packages[0], change)
    assert "-3 %" not in page
    assert "</data> %" not in page
    assert re.findall(r'<td lang="zh-Hans">([^<]*)</td>', page)[0] == "增长3%"
    assert page.count(">增长3%</data>") == 2


def test_a_corrected_figure_stands_beside_the_first(packages: list[Published]) -> None:
    def change(_: Any, row: Any) -> None:
        row["earlier"] = {"edition": 1, "target": "", "shown": {"zh": "9家", "en": "9"}, "points": "2.5"}

    page = again(packages[0], change)
    assert "更正前：9家" in page
    assert "更正前：2.5" in page


def test_what_is_withheld_says_by_which_ground(packages: list[Published]) -> None:
    def change(data: Any, row: Any) -> None:
        name = {"zh": "商业秘密", "en": "Trade secret"}
        place = f"{data['tables'][0]['slug']}/{row['slug']}/target"
        data["redactions"] = [{"place": place, "ground": "trade_secret", "name": name, "basis": {"zh": "", "en": ""}, "status": ""}]
        row["target"] = None

    page = again(packages[0], change)
    assert "不予公开：商业秘密" in page


def test_words_of_the_content_are_never_markup(packages: list[Published]) -> None:
    def change(_: Any, row: Any) -> None:
        row["name"] = row["definition"] = row["result"]["reason"] = "<script>alert(1)</script>"
        row["actual"]["shown"] = {"zh": "<b>1</b>", "en": "<b>1</b>"}

    page = again(packages[0], change)
    assert "<script" not in page
    assert "<b>1" not in page


def test_every_table_of_the_open_data_is_described_with_its_columns_types_and_digest(folder: Path) -> None:
    """As the standard says: the headings are the names of the fields, and every value is of its type."""
    for package in folder.glob("*/data/datapackage.json"):
        resources = {one["path"]: one for one in json.loads(package.read_text("utf-8"))["resources"]}
        assert set(resources) == {path.name for path in package.parent.glob("*.csv")}
        for path, one in resources.items():
            data = (package.parent / path).read_bytes()
            assert one["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
            head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
            assert head == [field["name"] for field in one["schema"]["fields"]]
            kinds = [field["type"] for field in one["schema"]["fields"]]
            for row in rows:
                for kind, word in zip(kinds, row, strict=True):
                    if word and kind == "number":
                        Decimal(word)
                    elif word and kind == "date":
                        date.fromisoformat(word)


def test_money_and_areas_of_counted_entries_are_what_the_figures_are_summed_from(folder: Path) -> None:
    """The public columns of an entry and what is read of it for the figure are the same numbers in the unit that the heading names."""
    (package,) = folder.glob("*-final-1/data/content.json")
    content = from_json(json.loads(package.read_text("utf-8")))
    seen = 0
    for table in content.tables:
        for row in table.rows:
            for part in row.actual.parts if row.actual else ():
                for column in part.columns:
                    for line in part.lines:
                        if column.kind in ("money", "quantity") and column.name in line.read:
                            assert Decimal(line.shown[column.name]) == Decimal(line.read[column.name])
                            assert column.kind != "money" or "元）" in column.text.zh
                            seen += 1
    assert seen >= 4
