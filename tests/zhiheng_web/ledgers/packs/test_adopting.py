"""Adopting a pack: made, made again without a change, a new edition, a faulty one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.actions.adopt_pack import adopt_pack
from zhiheng_web.ledgers.models import FOREVER, AdoptedPack, Binding, CountingBasis, Entry, EntryVersion, Register
from zhiheng_web.ledgers.writing import Draft, definition_of, write
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import Indicator, TableVersion
from zhiheng_web.trail.action import Absent, Forbidden, Refusal
from zhiheng_web.trail.models import TrailRecord

AsViewer = Callable[[str], Viewer]
PACK = """code = "works"
edition = "{edition}"
name = {{ zh = "示例", en = "Example" }}
registers = ["registers.toml"]
[[indicators]]
name = "{indicator}"
[[indicators.bases]]
code = "usual"
default = true
zh = "按批准"
en = "By approval"
[[indicators.bases.parts]]
register = "works"
measure = "flow"
counted_on = "decided_on"
states = ["approved"]
[[indicators.bases]]
code = "other"
zh = "按受理"
en = "By receipt"
[[indicators.bases.parts]]
register = "works"
measure = "flow"
counted_on = "received_on"
states = ["approved"]
[[indicators]]
name = "表中没有的指标"
[[indicators.bases]]
code = "usual"
zh = "按批准"
en = "By approval"
[[indicators.bases.parts]]
register = "works"
measure = "flow"
counted_on = "decided_on"
states = ["approved"]
"""
WORKS = """[[registers]]
code = "works"
zh = "工作"
en = "Works"
duty = "政策规划与依法行政"
key = ["number"]
columns = [
    { name = "number" },
    { name = "decided_on" },
    { name = "received_on" },
    { name = "note", zh = "说明", en = "Note", kind = "text" },
]
states = [{ code = "draft", zh = "在办", en = "Open" }, { code = "approved", zh = "批准", en = "Approved" }]
evidence = [{ code = "notice", zh = "通知", en = "Notice", required = false }]
"""
MORE = """
[[registers]]
code = "more"
zh = "另一本"
en = "Another"
columns = [{ name = "title" }]
states = [{ code = "recorded", zh = "已登记", en = "Recorded" }]
"""


@pytest.fixture
def department(organisation: Demonstrated, linyi: TableVersion) -> UUID:
    return organisation.departments["331"].pk


def pack(folder: Path, registers: str = WORKS, edition: str = "1", change: Callable[[str], str] = lambda text: text) -> Path:
    indicator = Indicator.objects.order_by("name").first()
    (folder / "registers.toml").write_text(registers, "utf-8")
    (folder / "pack.toml").write_text(change(PACK.format(edition=edition, indicator=indicator.name)), "utf-8")
    return folder / "pack.toml"


def entry(register: Register, number: str, state: str = "approved", **values: object) -> EntryVersion:
    at = datetime(2020, 3, 1, tzinfo=UTC)
    draft = Draft({"number": number, "decided_on": date(2020, 2, 1), **values}, state)
    return write(register, [draft], at=at, by=None, change=EntryVersion.Change.RECORDED)[0]


def test_adopted_and_again_without_a_change(department: UUID, viewer: AsViewer, tmp_path: Path) -> None:
    path = pack(tmp_path, WORKS + MORE)
    done = adopt_pack(viewer("jixiao"), department, path)
    assert done.registers.made == ["works", "more"]
    assert done.bases.absent == ["表中没有的指标"], "reported, not a fault"
    register = Register.objects.get(code="works")
    assert register.duty.name == "政策规划与依法行政"
    assert list(CountingBasis.objects.order_by("position").values_list("code", "default")) == [("usual", True), ("other", False)]
    records = TrailRecord.objects.count()
    again = adopt_pack(viewer("jixiao"), department, path)
    assert not again.registers.any
    assert not again.bases.changed
    assert TrailRecord.objects.count() == records, "nothing was done, nothing is recorded"
    assert Register.objects.get(code="works").edition == 1


def test_who_may(department: UUID, organisation: Demonstrated, viewer: AsViewer, tmp_path: Path) -> None:
    path = pack(tmp_path)
    for name in ("jingban", "juzhang", "lanshan", "czjixiao"):
        with pytest.raises((Forbidden, Absent)):
            adopt_pack(viewer(name), department, path)
    with pytest.raises(Absent):
        adopt_pack(viewer("jixiao"), organisation.departments["101"].pk, path)
    adopt_pack(viewer("sysadmin"), department, path)
    assert Register.objects.filter(code="works").exists()


def test_a_faulty_edition_changes_nothing(department: UUID, viewer: AsViewer, tmp_path: Path) -> None:
    adopt_pack(viewer("jixiao"), department, pack(tmp_path))
    before = list(Register.objects.values()), list(AdoptedPack.objects.values()), list(Binding.objects.values())
    faulty = WORKS.replace('key = ["number"]', 'key = ["nummer"]').replace("工作", "改名")
    with pytest.raises(Refusal) as refused:
        adopt_pack(viewer("jixiao"), department, pack(tmp_path, faulty, "2"))
    assert list(refused.value.fields) == ["registers.toml:6"]
    assert (list(Register.objects.values()), list(AdoptedPack.objects.values()), list(Binding.objects.values())) == before


def test_a_new_edition_withdraws_and_never_deletes(department: UUID, viewer: AsViewer, tmp_path: Path) -> None:
    adopt_pack(viewer("jixiao"), department, pack(tmp_path, WORKS + MORE))
    works = Register.objects.get(code="works")
    version = entry(works, "1", note="旧话")
    smaller = WORKS.replace('    { name = "note", zh = "说明", en = "Note", kind = "text" },\n', "")
    adopt_pack(viewer("jixiao"), department, pack(tmp_path, smaller, "2"))
    works.refresh_from_db()
    definition = definition_of(works)
    assert works.edition == 2
    assert [column.name for column in definition.shown] == ["number", "decided_on", "received_on"]
    assert definition.column("note").hidden
    assert EntryVersion.objects.get(pk=version.pk).details == {"note": "旧话"}
    more = Register.objects.get(code="more")
    assert more.closed_on is not None
    adopt_pack(viewer("jixiao"), department, pack(tmp_path, WORKS + MORE, "3"))
    more.refresh_from_db()
    works.refresh_from_db()
    assert more.closed_on is None
    assert not definition_of(works).column("note").hidden


def test_a_basis_that_is_gone_is_withdrawn(department: UUID, viewer: AsViewer, tmp_path: Path) -> None:
    adopt_pack(viewer("jixiao"), department, pack(tmp_path))
    start, end = '[[indicators.bases]]\ncode = "other"', '[[indicators]]\nname = "表中没有的指标"'
    without = pack(tmp_path, edition="2", change=lambda text: text[: text.index(start)] + text[text.index(end) :])
    adopt_pack(viewer("jixiao"), department, without)
    assert dict(CountingBasis.objects.values_list("code", "withdrawn")) == {"usual": False, "other": True}


def test_the_default_stays_where_a_target_is_approved(department: UUID, linyi: TableVersion, viewer: AsViewer, tmp_path: Path) -> None:
    adopt_pack(viewer("jixiao"), department, pack(tmp_path))

    def other_default(text: str) -> str:
        head, sep, tail = text.replace("default = true\n", "", 1).partition('code = "other"\n')
        return head + sep + "default = true\n" + tail

    TableVersion.objects.filter(pk=linyi.pk).update(state="approved")
    done = adopt_pack(viewer("jixiao"), department, pack(tmp_path, edition="2", change=other_default))
    assert done.bases.kept
    assert CountingBasis.objects.get(default=True).code == "usual"
    TableVersion.objects.filter(pk=linyi.pk).update(state="draft")
    adopt_pack(viewer("jixiao"), department, pack(tmp_path, edition="3", change=other_default))
    assert CountingBasis.objects.get(default=True).code == "other"


def test_a_column_in_use_does_not_change_its_kind(department: UUID, viewer: AsViewer, tmp_path: Path) -> None:
    adopt_pack(viewer("jixiao"), department, pack(tmp_path))
    entry(Register.objects.get(code="works"), "1", note="话")
    for changed in (WORKS.replace('kind = "text"', 'kind = "date"'), WORKS.replace('"text"', '"text", visibility = "personal"')):
        with pytest.raises(Refusal) as refused:
            adopt_pack(viewer("jixiao"), department, pack(tmp_path, changed, "2"))
        assert refused.value.code == "column_in_use"
    assert AdoptedPack.objects.get().edition == "1"


def test_changed_mandatory_evidence_is_known_from_then_on(department: UUID, viewer: AsViewer, tmp_path: Path) -> None:
    adopt_pack(viewer("jixiao"), department, pack(tmp_path))
    works = Register.objects.get(code="works")
    old = entry(works, "1")
    entry(works, "2", state="draft")
    asked = WORKS.replace("required = false", 'required = true, states = ["approved"]')
    later = replace(viewer("jixiao"), at=datetime(2020, 5, 1, tzinfo=UTC))
    done = adopt_pack(later, department, pack(tmp_path, asked, "2"))
    assert done.registers.entries == 1, "only the approved one now lacks its notice"
    open_ones = EntryVersion.objects.filter(known_until=FOREVER)
    assert dict(open_ones.values_list("number", "gap")) == {"1": "evidence", "2": ""}
    old.refresh_from_db()
    assert (old.gap, old.known_until) == ("", datetime(2020, 5, 1, tzinfo=UTC)), "what was known in April stays known"
    assert open_ones.get(number="1").change == EntryVersion.Change.PROVED
    adopt_pack(replace(later, at=datetime(2020, 6, 1, tzinfo=UTC)), department, pack(tmp_path, WORKS, "3"))
    assert set(EntryVersion.objects.filter(known_until=FOREVER).values_list("gap", flat=True)) == {""}
    assert Entry.objects.count() == 2


def test_a_code_of_another_origin_is_refused(department: UUID, viewer: AsViewer, tmp_path: Path) -> None:
    Register.objects.create(department_id=department, code="works", name_zh="自设", name_en="Own", definition={"code": "works"})
    with pytest.raises(Refusal) as refused:
        adopt_pack(viewer("jixiao"), department, pack(tmp_path))
    assert refused.value.code == "register_taken"
