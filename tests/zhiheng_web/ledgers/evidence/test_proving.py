"""登记、可计、缺证据: what evidence does to an entry, as known on any day, and who may do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.zhiheng_web.ledgers.evidence.files import docx, jpg, pdf, png, upload
from tests.zhiheng_web.ledgers.evidence.scene import DEFINITION, entry_of, register_of, reporting_unit

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.actions.add_evidence import add_evidence
from zhiheng_web.ledgers.actions.withdraw_evidence import withdraw_evidence
from zhiheng_web.ledgers.models import FOREVER, EntryVersion, Evidence, EvidenceFile, Register
from zhiheng_web.ledgers.queries.evidence import entry_evidence, lacking_evidence
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.trail.action import Absent, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord

Ask = Callable[[str], Viewer]


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def register(organisation: Demonstrated) -> Register:
    return register_of(organisation)


@pytest.fixture
def keeper(organisation: Demonstrated) -> Viewer:
    return viewer_of(organisation.accounts["jingban"], timezone.localdate())


def gaps(register: Register, at: datetime) -> list[str]:
    """The gap of every confirmed entry as known at an instant, straight from the rows."""
    rows = EntryVersion.objects.filter(register=register, standing="confirmed", known_from__lte=at, known_until__gt=at)
    return sorted(rows.values_list("gap", flat=True))


def now(version: EntryVersion) -> EntryVersion:
    return EntryVersion.objects.get(entry=version.entry_id, known_until=FOREVER)


def test_403_recorded_5_without_evidence_and_still_right_the_day_before(register: Register, keeper: Viewer) -> None:
    versions = [entry_of(register, str(number)) for number in range(8)]
    before = timezone.now()
    made = add_evidence(keeper, [version.entry_id for version in versions[:3]], [upload("函.pdf", pdf())], "letter")
    assert len(made) == 3
    assert gaps(register, timezone.now()) == ["", "", "", *["evidence"] * 5]
    assert gaps(register, before) == ["evidence"] * 8
    later = now(versions[0])
    assert (later.change, later.gap, later.known_from) == ("proved", "", made[0].known_from)
    assert (later.sealed, later.title, later.person_id) == (versions[0].sealed, versions[0].title, versions[0].person_id)
    assert EntryVersion.objects.get(pk=versions[0].pk).known_until == later.known_from


def test_a_year_entered_afterwards_is_proved_at_its_own_instant(register: Register, keeper: Viewer) -> None:
    version = entry_of(register, "1")
    at = datetime.fromisoformat("2020-07-01T09:00:00+08:00")
    EntryVersion.objects.filter(pk=version.pk).update(known_from=at - timedelta(days=30))
    add_evidence(replace(keeper, at=at), [version.entry_id], [upload("函.pdf", pdf())], "letter")
    assert gaps(register, at - timedelta(days=1)) == ["evidence"]
    assert gaps(register, at) == [""]
    assert TrailRecord.objects.latest("number").at == at


def test_evidence_that_is_not_mandatory_writes_no_version(register: Register, keeper: Viewer) -> None:
    version = entry_of(register, "1")
    add_evidence(keeper, [version.entry_id], [upload("照片.jpg", jpg())], "photo")
    assert now(version) == version
    assert now(version).gap == "evidence"


def test_withdrawing_opens_the_gap_again_and_keeps_everything(register: Register, keeper: Viewer, folder: Path) -> None:
    version = entry_of(register, "1")
    one, other = add_evidence(keeper, [version.entry_id], [upload("函.pdf", pdf()), upload("函2.pdf", pdf(("red",)))], "letter")
    proved = timezone.now()
    withdraw_evidence(keeper, one.pk, "盖章不清")
    assert now(version).gap == ""  # the other still proves it
    withdraw_evidence(keeper, other.pk, "发错文件")
    assert now(version).gap == "evidence"
    assert gaps(register, proved) == [""]
    kept = Evidence.objects.get(pk=one.pk)
    assert (kept.reason, kept.withdrawn_by) == ("盖章不清", keeper.account)
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 2
    with pytest.raises(Refusal, match="撤回"):
        withdraw_evidence(keeper, one.pk, "再次")


def test_withdrawing_needs_a_reason(register: Register, keeper: Viewer) -> None:
    (one,) = add_evidence(keeper, [entry_of(register, "1").entry_id], [upload("函.pdf", pdf())], "letter")
    for reason, code in (("  ", "reason"), ("机密★1年", "secrecy_mark")):
        with pytest.raises(Invalid) as refused:
            withdraw_evidence(keeper, one.pk, reason)
        assert refused.value.code == code
    assert Evidence.objects.get().known_until == FOREVER


def test_an_address_stands_for_a_file_only_where_the_kind_allows(register: Register, keeper: Viewer) -> None:
    version = entry_of(register, "1")
    for kind, url, field in (
        ("photo", "https://kjj.linyi.gov.cn/1", "url"),
        ("letter", "javascript:alert(1)", "url"),
        ("letter", "", "file"),
    ):
        with pytest.raises(Invalid) as refused:
            add_evidence(keeper, [version.entry_id], [], kind, url=url)
        assert field in refused.value.fields
    add_evidence(keeper, [version.entry_id], [], "letter", url="https://kjj.linyi.gov.cn/info/1.htm")
    assert now(version).gap == ""
    assert EvidenceFile.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": "stamp"}, "kind"),
        ({"page": "0"}, "page"),
        ({"page": "3"}, "page"),
        ({"page": "2-1"}, "page"),
        ({"page": "x"}, "page"),
        ({"proves": "password"}, "proves"),
        ({"issued_on": timezone.localdate() + timedelta(days=2)}, "issued_on"),
        ({"document": "文" * 101}, "document"),
        ({"title": "【秘密】"}, "secrecy"),
    ],
)
def test_what_is_said_of_evidence_is_checked(register: Register, keeper: Viewer, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        add_evidence(keeper, [entry_of(register, "1").entry_id], [upload("函.pdf", pdf(("white", "red")))], **{"kind": "letter", **facts})
    assert field in refused.value.fields
    assert not Evidence.objects.exists()
    assert not EvidenceFile.objects.exists()


def test_the_same_file_again_is_not_recorded_twice(register: Register, keeper: Viewer, folder: Path) -> None:
    first, second = entry_of(register, "1"), entry_of(register, "2")
    add_evidence(keeper, [first.entry_id], [upload("函.pdf", pdf())], "letter")
    records = TrailRecord.objects.count()
    assert add_evidence(keeper, [first.entry_id], [upload("函（副本）.pdf", pdf())], "letter") == []
    assert TrailRecord.objects.count() == records
    add_evidence(keeper, [second.entry_id], [upload("函.pdf", pdf())], "letter")
    assert EvidenceFile.objects.count() == 1
    assert Evidence.objects.count() == 2
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("username", ["jingban2", "zhongxin", "juzhang", "czyewu", "jiwei", "sysadmin"])
def test_others_may_not_add_or_withdraw(organisation: Demonstrated, viewer: Ask, register: Register, keeper: Viewer, username: str) -> None:
    version = entry_of(register, "1")
    (one,) = add_evidence(keeper, [version.entry_id], [upload("函.pdf", pdf())], "letter")
    with pytest.raises((Forbidden, Absent)):
        add_evidence(viewer(username), [version.entry_id], [upload("假.pdf", pdf(("red",)))], "letter")
    with pytest.raises((Forbidden, Absent)):
        withdraw_evidence(viewer(username), one.pk, "理由")
    assert EvidenceFile.objects.count() == 1
    assert Evidence.objects.get().known_until == FOREVER


def test_nobody_takes_a_file_before_it_is_known_that_he_may(viewer: Ask, register: Register, folder: Path) -> None:
    with pytest.raises((Forbidden, Absent)):
        add_evidence(viewer("juzhang"), [entry_of(register, "1").entry_id], [upload("函.pdf", pdf())], "letter")
    assert not (folder / "evidence").exists()


def test_a_reporting_unit_proves_its_own_and_the_office_confirms(organisation: Demonstrated, register: Register, keeper: Viewer) -> None:
    unit, own = reporting_unit(organisation)
    _, other = reporting_unit(organisation, "沂水县科技局", "371323")
    version = entry_of(register, "1", unit)
    with pytest.raises(Absent):
        add_evidence(other, [version.entry_id], [upload("函.pdf", pdf())], "letter")
    (one,) = add_evidence(own, [version.entry_id], [upload("函.pdf", pdf())], "letter")
    assert (now(version).gap, now(version).standing) == ("", "submitted")  # complete, and the office has yet to see it
    EntryVersion.objects.filter(pk=now(version).pk).update(standing="confirmed")
    with pytest.raises(Refusal, match="确认"):
        withdraw_evidence(own, one.pk, "理由")
    with pytest.raises(Absent):
        withdraw_evidence(other, one.pk, "理由")


def test_a_revoked_entry_and_a_classified_register_take_none(organisation: Demonstrated, register: Register, keeper: Viewer) -> None:
    version = entry_of(register, "1")
    EntryVersion.objects.filter(pk=version.pk).update(standing="revoked")
    with pytest.raises(Refusal, match="已撤销"):
        add_evidence(keeper, [version.entry_id], [upload("函.pdf", pdf())], "letter")
    secret = register_of(organisation, replace(DEFINITION, code="secret", classified=True))
    with pytest.raises(Refusal, match="涉密"):
        add_evidence(keeper, [entry_of(secret, "2").entry_id], [upload("函.pdf", pdf())], "letter")


def test_many_entries_cost_no_more_queries_than_few(
    register: Register, keeper: Viewer, django_assert_max_num_queries: Callable[..., CaptureQueriesContext]
) -> None:
    counts = []
    for many in (3, 30):
        entries = [entry_of(register, f"{many}-{number}").entry_id for number in range(many)]
        with django_assert_max_num_queries(60) as queries:
            add_evidence(keeper, entries, [upload("函.pdf", pdf())], "letter")
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 2  # the rows of one INSERT are split by SQLite's limit of variables


def test_the_trail_says_what_was_proved_and_by_which_content(register: Register, keeper: Viewer) -> None:
    version = entry_of(register, "1")
    (one,) = add_evidence(keeper, [version.entry_id], [upload("函.pdf", pdf())], "letter")
    record = TrailRecord.objects.latest("number")
    assert one.file is not None
    assert one.file.sha256 in repr(record.details)
    assert "张三丰" not in repr(record.details) + record.object_name


# --- pages ---------------------------------------------------------------------------------------------------


def test_adding_on_the_page_several_files_at_once(signed_in: Callable[[str], Client], register: Register) -> None:
    version = entry_of(register, "1")
    client, address = signed_in("jingban"), reverse("ledgers:add_evidence", args=[version.entry_id])
    assert "缺必备证据" in client.get(address).content.decode()
    given = {"kind": "letter", "file": [upload("函.pdf", pdf()), upload("附件.docx", docx())], "document": "临科字〔2020〕1号"}
    answer = client.post(address, given, follow=True).content.decode()
    assert "已保存 2 份证据" in answer
    assert "缺必备证据" not in answer
    assert {one.document for one in Evidence.objects.all()} == {"临科字〔2020〕1号"}


def test_what_is_refused_stands_at_the_form_with_what_was_typed(signed_in: Callable[[str], Client], register: Register) -> None:
    address = reverse("ledgers:add_evidence", args=[entry_of(register, "1").entry_id])
    given = {"kind": "letter", "file": [upload("函.pdf", png())], "issuer": "临沂市科学技术局"}
    answer = signed_in("jingban").post(address, given)
    assert answer.status_code == 400
    assert "内容却是PNG" in answer.content.decode().replace(" ", "")
    assert "临沂市科学技术局" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_the_page_opens_at_the_page_that_proves(signed_in: Callable[[str], Client], register: Register, keeper: Viewer) -> None:
    content = pdf(("white", "red", "blue"))
    (one,) = add_evidence(keeper, [entry_of(register, "1").entry_id], [upload("函.pdf", content)], "letter", page="2-3", proves="number")
    client = signed_in("jingban")
    answer = client.get(reverse("ledgers:evidence_page", args=[one.pk]))
    picture = reverse("ledgers:evidence_picture", args=[one.pk, 2])
    assert picture in answer.content.decode()
    assert "第 2 / 3 页" in answer.content.decode()
    drawn = client.get(picture)
    assert drawn["Content-Type"] == "image/jpeg"
    assert drawn.content.startswith(b"\xff\xd8")
    assert "private" in drawn["Cache-Control"]
    assert client.get(picture, headers={"if-none-match": drawn["ETag"]}).status_code == 304
    assert client.get(reverse("ledgers:evidence_picture", args=[one.pk, 9])).status_code == 409


def test_the_file_itself_is_a_download_and_nothing_else(signed_in: Callable[[str], Client], register: Register, keeper: Viewer) -> None:
    (one,) = add_evidence(keeper, [entry_of(register, "1").entry_id], [upload("推荐函.pdf", pdf())], "letter")
    answer = signed_in("jingban").get(reverse("ledgers:evidence_file", args=[one.pk]))
    assert b"".join(answer) == pdf()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


NAMES = ("evidence_page", "evidence_file")


@pytest.mark.parametrize(
    ("username", "page", "raw"), [("juzhang", 200, 200), ("czyewu", 200, 200), ("zhongxin", 200, 200), ("sysadmin", 404, 404)]
)
def test_evidence_is_for_who_sees_the_entry(
    signed_in: Callable[[str], Client], register: Register, keeper: Viewer, username: str, page: int, raw: int
) -> None:
    (one,) = add_evidence(keeper, [entry_of(register, "1").entry_id], [upload("函.pdf", pdf())], "letter")
    answers = [signed_in(username).get(reverse(f"ledgers:{name}", args=[one.pk])).status_code for name in NAMES]
    assert answers == [page, raw]


def test_what_proves_a_secret_is_opened_only_by_who_sees_the_secret(
    signed_in: Callable[[str], Client], register: Register, keeper: Viewer
) -> None:
    facts = {"proves": "bank_account", "title": "开户许可证甲"}
    (one,) = add_evidence(keeper, [entry_of(register, "1").entry_id], [upload("许可证.pdf", pdf())], "letter", **facts)
    picture, raw = reverse("ledgers:evidence_picture", args=[one.pk, 1]), reverse("ledgers:evidence_file", args=[one.pk])
    assert [signed_in("jingban").get(address).status_code for address in (picture, raw)] == [200, 200]
    assert [signed_in("juzhang").get(address).status_code for address in (picture, raw)] == [403, 403]
    shown = signed_in("juzhang").get(reverse("ledgers:evidence_page", args=[one.pk])).content.decode()
    assert "无权查看" in shown
    assert "开户许可证甲" not in shown


def test_withdrawing_on_the_page(signed_in: Callable[[str], Client], register: Register, keeper: Viewer) -> None:
    version = entry_of(register, "1")
    (one,) = add_evidence(keeper, [version.entry_id], [upload("函.pdf", pdf())], "letter")
    address = reverse("ledgers:withdraw_evidence", args=[one.pk])
    assert signed_in("jingban").get(address).status_code == 405
    assert signed_in("juzhang").post(address, {"reason": "理由"}).status_code == 403
    answer = signed_in("jingban").post(address, {"reason": "盖章不清"}, follow=True).content.decode()
    assert "盖章不清" in answer
    assert "缺必备证据" in answer


def test_the_list_of_what_lacks_evidence_and_one_file_for_several(signed_in: Callable[[str], Client], register: Register) -> None:
    versions = [entry_of(register, f"推荐{number}号") for number in range(4)]
    client, address = signed_in("jingban"), reverse("ledgers:evidence_bulk", args=[register.pk])
    assert "登记 4 条，其中 4 条缺必备证据" in client.get(address).content.decode()
    given = {"kind": "letter", "file": upload("函.pdf", pdf())}
    assert client.post(address, given).status_code == 400  # none chosen
    given = {"kind": "letter", "file": upload("函.pdf", pdf()), "entry": [str(version.entry_id) for version in versions[:3]]}
    answer = client.post(address, given, follow=True).content.decode()
    assert "登记 4 条，其中 1 条缺必备证据" in answer
    assert "推荐3号" in answer
    assert "推荐0号" not in answer
    assert EvidenceFile.objects.count() == 1
    assert 'name="entry"' not in signed_in("juzhang").get(address).content.decode()
    assert signed_in("juzhang").post(address, given).status_code == 403


def test_a_reporting_unit_lists_only_its_own(organisation: Demonstrated, register: Register) -> None:
    unit, own = reporting_unit(organisation)
    entry_of(register, "1", unit)
    entry_of(register, "2")
    page = lacking_evidence(own, register.pk)
    assert [row.version.number for row in page.rows] == ["1"]
    assert page.may_add
    with pytest.raises(Absent):
        entry_evidence(own, EntryVersion.objects.get(number="2").entry_id)
