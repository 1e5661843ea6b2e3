"""暂定 stands wherever a total or points that rest on a provisional figure are shown."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

from tests.zhiheng_web.publication.packages.conftest import Journey

from zhiheng_web.publication.building.building import build
from zhiheng_web.publication.building.drafting import drafted
from zhiheng_web.publication.content import digest
from zhiheng_web.publication.queries.published import published
from zhiheng_web.publication.site.pages import Site


def test_every_page_and_the_open_data_mark_what_is_provisional(final: Journey) -> None:
    final.to("published")
    (package,) = published()
    data = json.loads(json.dumps(package.data))
    table = data["tables"][0]
    table["score"]["provisional"] = table["rows"][0]["result"]["provisional"] = True
    for row, expected in ((package, False), (replace(package, data=data, digest=digest(data)), True)):
        site = Site([row])
        key, slug = site.packages[0].key, table["rows"][0]["slug"]
        duty = table["rows"][0]["duty"]
        for path in (f"{key}/index.html", f"{key}/department/index.html", f"{key}/department/{duty}.html", f"{key}/department/{slug}.html"):
            assert ("暂定" in site.file(path).decode()) == expected, path
            assert ("rovisional" in site.file(f"en/{path}").decode()) == expected, path
        lines = list(csv.DictReader(io.StringIO(site.file(f"{key}/data/indicators.csv").decode("utf-8-sig"))))
        assert [line["provisional"] for line in lines].count("true") == int(expected)


def test_the_narrative_calls_a_provisional_total_so(final: Journey) -> None:
    built = build(final.package)
    content = built.content
    (table,) = content.tables
    assert table.score is not None
    for provisional in (True, False):
        own = replace(content, tables=(replace(table, score=replace(table.score, provisional=provisional)),))
        (said,) = [one.text for one in drafted(own, built.extent) if one.code == "result"]
        assert "{total}" in said
        assert ("暂定" in said) == provisional
