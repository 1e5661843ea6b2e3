"""A package from its beginning to the public: nothing before both decisions, each bound to one content, nothing changed afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from tests.zhiheng_web.publication.packages.conftest import Journey
from tests.zhiheng_web.publication.packages.evaluated import accepted

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.models import SelfEvaluation
from zhiheng_web.ledgers.actions.revoke_entry import revoke_entry
from zhiheng_web.ledgers.actions.take_snapshot import standing, taken_now
from zhiheng_web.organisation.models import RoleAssignment
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.models import IndicatorRow, TableVersion
from zhiheng_web.publication.actions.begin_package import begin_package
from zhiheng_web.publication.actions.correct_package import correct_package
from zhiheng_web.publication.actions.leave_out_table import leave_out_table
from zhiheng_web.publication.actions.prepare_package import prepare_package
from zhiheng_web.publication.actions.publish_package import publish_package
from zhiheng_web.publication.actions.redact import redact
from zhiheng_web.publication.actions.reopen_package import reopen_package
from zhiheng_web.publication.actions.review_package import review_package
from zhiheng_web.publication.actions.send_to_congress import send_to_congress
from zhiheng_web.publication.actions.sign_package import sign_package
from zhiheng_web.publication.content import digest, from_json, to_json
from zhiheng_web.publication.models import Package, PackageDecision, Paragraph
from zhiheng_web.publication.queries.packages import changed_since, package_page
from zhiheng_web.publication.queries.published import published
from zhiheng_web.trail.action import Absent, Conflict, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord

On = Callable[[str, str], Viewer]


@pytest.mark.parametrize("state", ["draft", "prepared", "reviewed", "signed"])
def test_nothing_is_public_before_both_decisions_and_the_publication(budget: Journey, state: str) -> None:
    if state != "draft":
        budget.to(state)
    assert published() == []


def test_what_is_published_is_exactly_what_was_reviewed_and_signed(final: Journey) -> None:
    row = final.to("published")
    (public,) = published()
    assert public.digest == digest(public.data) == row.digest
    assert {one.digest for one in PackageDecision.objects.filter(package=row)} == {row.digest}
    assert [one.kind for one in row.decisions.all()] == ["prepared", "reviewed", "signed", "published"]
    assert public.content.head.department == "临沂市科学技术局"
    assert to_json(public.content) == public.data


def test_a_decision_about_another_content_is_refused(budget: Journey, on: On) -> None:
    row = budget.to("prepared")
    with pytest.raises(Conflict):
        review_package(on("baomi", "2020-02-01"), row.pk, "0" * 64, True)
    review_package(on("baomi", "2020-02-01"), row.pk, row.digest, True)
    with pytest.raises(Conflict):
        sign_package(on("juzhang", "2020-02-01"), row.pk, row.digest[:-1] + "x", True)
    row.refresh_from_db()
    assert row.state == "reviewed"


@pytest.mark.parametrize("written_as", ["content", "digest", "decision"])
def test_a_content_altered_behind_the_decisions_is_not_published(budget: Journey, on: On, written_as: str) -> None:
    """The database written to directly: content without digest, both without the decisions, a decision about something else."""
    row = budget.to("signed")
    altered = {**row.content, "format": "zhiheng-publication/1", "head": {**row.content["head"], "department": "另一个部门"}}
    if written_as == "content":
        Package.objects.filter(pk=row.pk).update(content=altered)
    elif written_as == "digest":
        Package.objects.filter(pk=row.pk).update(content=altered, digest=digest(altered))
    else:
        PackageDecision.objects.filter(package=row, kind="signed").update(digest="f" * 64)
    with pytest.raises(Refusal) as refused:
        publish_package(on("jixiao", "2020-02-05"), row.pk)
    assert refused.value.code == "content_changed"
    assert published() == []


def test_who_submits_does_not_review(budget: Journey, on: On, organisation: Demonstrated) -> None:
    row = budget.to("prepared")
    RoleAssignment.objects.create(
        account=organisation.accounts["jixiao"], role="disclosure_reviewer", department_id=row.department_id, since=date(2019, 1, 1)
    )
    with pytest.raises(Forbidden) as refused:
        review_package(on("jixiao", "2020-02-01"), row.pk, row.digest, True)
    assert refused.value.code == "own_package"


def test_sent_back_needs_an_opinion_and_undoes_every_decision(budget: Journey, on: On) -> None:
    row = budget.to("reviewed")
    with pytest.raises(Invalid):
        sign_package(on("juzhang", "2020-02-01"), row.pk, row.digest, False, " ")
    sign_package(on("juzhang", "2020-02-01"), row.pk, row.digest, False, "请核对项目支出口径")
    row.refresh_from_db()
    assert (row.state, row.content, row.digest, row.reviewed_by, row.prepared_by) == ("draft", None, "", None, None)
    last = row.decisions.last()
    assert last is not None
    assert (last.kind, last.opinion) == ("sent_back", "请核对项目支出口径")
    budget.to("signed")
    reopen_package(on("juzhang", "2020-02-02"), row.pk, "再改一处")
    row.refresh_from_db()
    assert row.state == "draft"


@pytest.mark.parametrize(("approved_on", "published_on", "late"), [("2020-01-20", "2020-02-09", 0), ("2020-01-20", "2020-02-10", 1)])
def test_late_is_published_shown_and_recorded(budget: Journey, on: On, approved_on: str, published_on: str, late: int) -> None:
    """20 January + 20 days is 9 February: that day is in time, the next is one day late, and no later day is refused."""
    assert budget.package.due_on == date(2020, 2, 9)
    row = budget.to("signed", "2020-02-01")
    publish_package(on("jixiao", published_on), row.pk)
    (public,) = published()
    assert public.late == late
    record = TrailRecord.objects.filter(action="publication.publish_package").get()
    assert record.details["late"] == late


def test_published_rows_do_not_change_by_any_path(final: Journey) -> None:
    row = final.to("published")
    paragraph = row.paragraphs.first()
    assert paragraph is not None
    tries = [
        lambda: Package.objects.filter(pk=row.pk).update(digest="0" * 64),
        lambda: Package.objects.filter(pk=row.pk).update(content={}),
        lambda: Package.objects.filter(pk=row.pk).update(state="draft"),
        lambda: Package.objects.filter(pk=row.pk).update(published_at=None),
        lambda: Paragraph.objects.filter(pk=paragraph.pk).update(text="改"),
        lambda: Paragraph.objects.filter(pk=paragraph.pk).delete(),
        lambda: row.tables.update(left_out="改"),
        lambda: PackageDecision.objects.filter(package=row).delete(),
        lambda: PackageDecision.objects.create(package=row, number=9, kind="signed", digest="", by=row.begun_by, at=row.begun_at),
        lambda: Package.objects.filter(pk=row.pk)._raw_delete(Package.objects.db),
    ]
    for number, change in enumerate(tries):
        assert refuses(change), f"{number} changed what was published"


def refuses(change: Callable[[], object]) -> bool:
    """Whether the database itself refuses a change."""
    try:
        with transaction.atomic():
            change()
    except DatabaseError:
        return True
    return False


def test_a_correction_stands_beside_the_first(final: Journey, on: On, ledger: list[UUID], organisation: Demonstrated) -> None:
    """An entry is revoked after publication: the page says which figure rests on it; the second edition shows both figures."""
    first = final.to("published")
    assert changed_since(first) == []
    before = {one.edition: one.digest for one in published()}
    revoke_entry(on("jixiao", "2021-09-01"), ledger[0], reason="重复登记", document="临科字〔2021〕8号")
    changed = changed_since(first)
    assert {(one.place, one.entries, one.revoked) for one in changed} >= {("department/d03-i06", 1, 1)}
    assert [one.place for one in changed] == ["department/d03-i06", "department/d03-i07", "department/d03-i08"]

    version = TableVersion.objects.get(pk=first.tables.get().self_evaluation.version_id)
    officer, year_end = on("jixiao", "2021-09-02"), date(2020, 12, 31)
    three = [row.indicator_id for row in IndicatorRow.objects.filter(version=version).order_by("position")][5:8]
    with transaction.atomic():
        taken_now(officer, three, year_end, officer.now(), "撤销重复登记", standing(three, year_end))
    accepted(version, organisation.accounts["jixiao"], at=on("jixiao", "2021-09-03").now(), edition=2)
    second = correct_package(on("jixiao", "2021-09-05"), first.pk, "一条重复登记的成果已撤销")
    assert (second.edition, second.corrects_id, second.state) == (2, first.pk, "draft")
    with pytest.raises(Refusal):
        correct_package(on("jixiao", "2021-09-05"), first.pk, "再更正一次")
    Journey(second, on).to("published", "2021-09-10")
    public = {one.edition: one for one in published()}
    assert {number: one.digest for number, one in public.items() if number == 1} == before
    assert (public[1].latest, public[2].latest) == (False, True)
    was, now = public[1].content.row("department", "d03-i06"), public[2].content.row("department", "d03-i06")
    assert was is not None
    assert now is not None
    assert was.actual is not None
    assert now.actual is not None
    assert (was.actual.shown.zh, now.actual.shown.zh) == ("4家", "3家")
    assert now.earlier is not None
    assert (now.earlier.edition, now.earlier.shown.zh) == (1, "4家")
    head = public[2].content.head
    assert head.corrects is not None
    assert (head.corrects.edition, head.corrects.reason) == (1, "一条重复登记的成果已撤销")


@pytest.mark.parametrize(("day", "said"), [("2020-02-05", []), ("2020-02-12", ["2020-02-12"])])
def test_a_correction_is_as_late_as_the_first_edition_was(budget: Journey, on: On, day: str, said: list[str]) -> None:
    """What has been public since the first edition is never called 至今未公开, however late the correction is (P01)."""
    first = budget.to("published", day)
    second = correct_package(on("jixiao", "2020-05-05"), first.pk, "目标值笔误")
    late = [one.text.zh for one in package_page(on("jixiao", "2020-05-06"), second.pk).hints if one.code == "P01"]
    assert len(late) == len(said)
    assert all(one in text and "至今未公开" not in text for one, text in zip(said, late, strict=True)), late


def test_a_final_package_waits_for_the_self_evaluation(approved: TableVersion, on: On) -> None:
    department = approved.table.unit.department_id
    with pytest.raises(Refusal) as refused:
        begin_package(on("jixiao", "2021-08-12"), department, 2020, "final", date(2021, 8, 10), "临财预〔2021〕30号", "不公开")
    assert refused.value.code == "department_not_evaluated"


def test_one_package_of_a_kind_at_a_time(final: Journey, on: On, evaluated: SelfEvaluation) -> None:
    department = evaluated.table.unit.department_id
    again = (department, 2020, "final", date(2021, 8, 10), "临财预〔2021〕30号")
    with pytest.raises(Refusal) as refused:
        begin_package(on("jixiao", "2021-08-13"), *again)
    assert refused.value.code == "under_way"
    final.to("published")
    with pytest.raises(Refusal) as refused:
        begin_package(on("jixiao", "2021-09-13"), *again)
    assert refused.value.code == "published"


def test_bad_input_is_refused_with_its_field(approved: TableVersion, budget: Journey, on: On) -> None:
    department, viewer = approved.table.unit.department_id, on("jixiao", "2020-01-22")
    for kind, day, number in [("other", date(2020, 1, 1), "x"), ("final", date(2020, 1, 23), "x"), ("final", date(2020, 1, 1), " ")]:
        with pytest.raises(Invalid):
            begin_package(viewer, department, 2020, kind, day, number)
    with pytest.raises(Refusal):
        begin_package(viewer, department, 2019, "budget", date(2019, 1, 1), "临财预〔2019〕1号")
    for place, ground in [("department/d99-i99", "privacy"), ("department", "because"), ("", "privacy")]:
        with pytest.raises(Invalid):
            redact(viewer, budget.package.pk, place, ground)
    with pytest.raises(Refusal):
        leave_out_table(viewer, budget.package.pk, 1, "涉密")
    with pytest.raises(Refusal):
        send_to_congress(viewer, budget.package.pk, "临科字〔2020〕1号", date(2020, 1, 22))


ROLES = {
    "prepare_package": {"jixiao"}, "review_package": {"baomi"}, "sign_package": {"juzhang"}, "publish_package": {"jixiao", "juzhang"},
    "reopen_package": {"jixiao", "baomi", "juzhang"}, "correct_package": {"jixiao"}, "redact": {"jixiao", "baomi"},
    "send_to_congress": {"jixiao"},
}  # fmt: skip
STATES = {
    "prepare_package": {"draft"}, "review_package": {"prepared"}, "sign_package": {"reviewed"}, "publish_package": {"signed"},
    "reopen_package": {"prepared", "reviewed", "signed"}, "correct_package": {"published"}, "redact": {"draft"},
    "send_to_congress": {"signed", "published"},
}  # fmt: skip
READS = {
    "jixiao",
    "baomi",
    "juzhang",
    "fenguan",
    "dangzu",
    "jiwei",
    "shenji",
    "jingban",
    "kezhang",
    "zhuren",
    "zhongxin",
    "jingban2",
    "jingban3",
}


@pytest.mark.parametrize("state", ["draft", "prepared", "reviewed", "signed", "published"])
def test_every_account_at_every_state_may_do_what_the_table_says_and_nothing_else(
    budget: Journey, organisation: Demonstrated, on: On, state: str
) -> None:
    """Brute force: every account of the demonstration tries every step; who may is written here by hand, not read from the policies."""
    if state != "draft":
        budget.to(state, "2020-02-01")
    row = budget.package
    row.refresh_from_db()
    steps: dict[str, Callable[[Viewer], object]] = {
        "prepare_package": lambda viewer: prepare_package(viewer, row.pk),
        "review_package": lambda viewer: review_package(viewer, row.pk, row.digest, True),
        "sign_package": lambda viewer: sign_package(viewer, row.pk, row.digest, True),
        "publish_package": lambda viewer: publish_package(viewer, row.pk),
        "reopen_package": lambda viewer: reopen_package(viewer, row.pk, "退回"),
        "correct_package": lambda viewer: correct_package(viewer, row.pk, "更正"),
        "redact": lambda viewer: redact(viewer, row.pk, "department/d01-i01", "privacy"),
        "send_to_congress": lambda viewer: send_to_congress(viewer, row.pk, "临科字〔2020〕9号", date(2020, 2, 1)),
    }
    finance = {"czyewu", "czjixiao"} if state == "published" else set()
    for username in organisation.accounts:
        viewer = on(username, "2020-02-02")
        for name, step in steps.items():
            kept = transaction.savepoint()
            try:
                step(viewer)
                outcome = "done"
            except Absent:
                outcome = "absent"
            except Forbidden:
                outcome = "forbidden"
            except Refusal:
                outcome = "refused"
            transaction.savepoint_rollback(kept)
            expected = "done" if state in STATES[name] else "refused"
            if username not in READS | finance:
                expected = "absent"
            elif username not in ROLES[name]:
                expected = "forbidden"
            assert outcome == expected, (username, name, state)


def test_another_department_and_finance_before_publication_see_nothing(budget: Journey, on: On, organisation: Demonstrated) -> None:
    with pytest.raises(Absent):
        package_page(on("czjixiao", "2020-02-01"), budget.package.pk)
    budget.to("published", "2020-02-01")
    assert package_page(on("czjixiao", "2020-02-02"), budget.package.pk).package.pk == budget.package.pk
    stranger = viewer_of(organisation.accounts["sysadmin"], date(2020, 2, 1))
    with pytest.raises(Forbidden):
        package_page(stranger, budget.package.pk)


def test_a_package_left_as_json_reads_back_the_same(final: Journey) -> None:
    row = final.to("prepared")
    assert to_json(from_json(row.content)) == row.content
