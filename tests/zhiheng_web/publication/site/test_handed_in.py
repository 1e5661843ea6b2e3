"""佐证材料: a file marked as fit for the public is published with the package, byte for byte; every other has its digest only."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.publication.packages.conftest import CARRIERS, HIGH_TECH, Journey, at
from tests.zhiheng_web.publication.site.test_proof import verified

from zhiheng_web.demonstration.people import paper
from zhiheng_web.evaluation.actions.add_file import kept_file
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationFile, SelfEvaluationRow
from zhiheng_web.ledgers.evidence_store.storing import key_of, store
from zhiheng_web.ledgers.evidence_store.taking import take
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions.ask_withdrawal import ask_withdrawal
from zhiheng_web.publication.actions.decide_withdrawal import decide_withdrawal
from zhiheng_web.publication.actions.redact import redact
from zhiheng_web.publication.building.building import build
from zhiheng_web.publication.handed_in import handed_in
from zhiheng_web.publication.queries.published import published
from zhiheng_web.publication.site.pages import Site
from zhiheng_web.publication.site.writing import write
from zhiheng_web.trail.action import Refusal

Settings = Any
On = Callable[[str, str], Viewer]
SignedIn = Callable[[str], Client]
OPEN, INSIDE = "科技奖励公告", "内部核对表"


@pytest.fixture
def handed(evaluated: SelfEvaluation, on: On, settings: Settings, tmp_path: Path) -> dict[str, bytes]:
    """One file fit for the public and one that is not, each with a row of its own: title → bytes."""
    settings.MEDIA_ROOT = tmp_path / "kept"
    found = {}
    rows = SelfEvaluationRow.objects.filter(self_evaluation=evaluated).order_by("position")
    clerk = on("jixiao", "2021-02-01")
    for place, title, public in ((HIGH_TECH, OPEN, True), (CARRIERS, INSIDE, False)):
        upload = paper(title, ["一行"], date(2021, 1, 20))
        found[title] = upload.read()
        upload.seek(0)
        kept = kept_file(clerk, evaluated.table.unit.department_id, take(upload))
        SelfEvaluationFile.objects.create(
            row=rows[place], file=kept, title=title, public=public, added_by=clerk.account, added_at=at("2021-02-01")
        )
    return found


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_the_public_file_can_be_fetched_from_the_page_and_the_other_cannot(
    handed: dict[str, bytes], final: Journey, tmp_path: Path
) -> None:
    final.to("published")
    folder = tmp_path / "site"
    write(folder, published())
    files = [path for path in folder.rglob("*.pdf") if path.parent.name == "files"]
    assert [path.read_bytes() for path in files] == [handed[OPEN]]
    pages = {path: path.read_text("utf-8") for path in folder.rglob("*.html")}
    (linking,) = [path for path, text in pages.items() if OPEN in text and "/en/" not in str(path)]
    assert f'href="../files/{digest(handed[OPEN])}.pdf"' in pages[linking]
    assert f'download="{OPEN}（演示）.pdf"' in pages[linking]
    assert (linking.parent / f"../files/{digest(handed[OPEN])}.pdf").resolve() == files[0].resolve()
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert digest(handed[INSIDE]).encode() in everything, "of the other its digest is public"
    assert INSIDE.encode() not in everything
    assert handed[INSIDE] not in everything
    key = files[0].parent.parent.name
    answer = Client().get(f"/public/{key}/files/{files[0].name}")
    assert (answer.content, answer["Content-Type"]) == (handed[OPEN], "application/pdf")
    assert Client().get(f"/public/{key}/files/{digest(handed[INSIDE])}.pdf").status_code == 404


def test_the_proof_of_a_folder_knows_the_file(handed: dict[str, bytes], final: Journey, tmp_path: Path) -> None:
    assert handed
    final.to("published")
    write(tmp_path / "site", published())
    assert verified(tmp_path / "site").returncode == 0
    (file,) = [path for path in (tmp_path / "site").rglob("*.pdf") if path.parent.name == "files"]
    file.write_bytes(file.read_bytes() + b"\n")
    told = verified(tmp_path / "site")
    assert told.returncode == 1
    assert [line for line in told.stdout.splitlines() if file.name in line and "DIFFERS" in line]


def test_whoever_decides_opens_it_first_and_nobody_else(handed: dict[str, bytes], final: Journey, signed_in: SignedIn) -> None:
    final.to("prepared")
    reviewer = signed_in("baomi")
    steps = reviewer.get(reverse("publication:package", args=(final.package.pk,))).content.decode()
    assert "含1件随表公开的佐证材料" in steps
    page = reviewer.get(reverse("publication:package_content", args=(final.package.pk,))).content.decode()
    assert OPEN in page
    assert INSIDE not in page
    address = reverse("publication:package_file", args=(final.package.pk, digest(handed[OPEN])))
    assert f'href="{address}"' in page
    answer = reviewer.get(address)
    assert answer.getvalue() == handed[OPEN]
    assert answer["Content-Disposition"].startswith("attachment")
    other = reverse("publication:package_file", args=(final.package.pk, digest(handed[INSIDE])))
    assert reviewer.get(other).status_code == 404
    assert signed_in("qiye").get(address).status_code in (403, 404)
    assert Client().get(address).status_code == 302, "a reader of the public waits until it is published"


def test_a_withdrawn_edition_takes_the_file_with_it(handed: dict[str, bytes], final: Journey, on: On) -> None:
    ((_, row, file),) = handed_in(build(final.package).content)
    assert (row.slug, file.title) == ("d03-i06", OPEN)
    final.to("published")
    (path,) = [path for path in Site(published()).paths() if "/files/" in path]
    assert Client().get(f"/public/{path}").status_code == 200
    ask_withdrawal(on("baomi", "2021-09-01"), final.package.pk, "state_secret", "含敏感内容")
    decide_withdrawal(on("juzhang", "2021-09-02"), final.package.pk, True)
    assert Client().get(f"/public/{path}").status_code == 410
    assert handed[OPEN] not in Client().get(f"/public/{path}").content


def test_a_redaction_of_the_evidence_keeps_the_file_inside(handed: dict[str, bytes], final: Journey, on: On) -> None:
    content = build(final.package).content
    row = next(one for one in content.tables[0].rows if one.evidence and one.evidence[0].file)
    redact(on("jixiao", "2021-08-12"), final.package.pk, f"{content.tables[0].slug}/{row.slug}/evidence", "privacy")
    final.to("published")
    assert handed
    assert [path for path in Site(published()).paths() if "/files/" in path] == []


def test_what_the_store_lost_or_changed_is_not_given_out_under_its_digest(handed: dict[str, bytes], final: Journey, tmp_path: Path) -> None:
    final.to("published")
    write(tmp_path / "site", published())
    before = {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}
    (tmp_path / "kept" / "evidence" / key_of(digest(handed[OPEN]))).write_bytes(b"%PDF-1.7 something else")
    with pytest.raises(Refusal):
        write(tmp_path / "site", published())
    assert {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()} == before
    store().remove(key_of(digest(handed[OPEN])))
    with pytest.raises(Refusal):
        write(tmp_path / "site", published())
