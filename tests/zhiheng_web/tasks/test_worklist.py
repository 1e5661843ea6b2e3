"""While a table travels, the work list of exactly the right people names it, and a notice reaches them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.planning.travelling import WALK, Who, mended, say, walk

from zhiheng.plan.procedure import Outcome, Role
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.models import RoleAssignment
from zhiheng_web.planning.actions.adjust_table import adjust_table
from zhiheng_web.planning.actions.submit_table import submit_table
from zhiheng_web.planning.models import TableVersion
from zhiheng_web.tasks.models import Notice
from zhiheng_web.tasks.notices import make_notices
from zhiheng_web.tasks.worklist import mine


def with_task(kind: str, version: TableVersion, organisation: Demonstrated, viewer: Who) -> set[str]:
    def has(name: str) -> bool:
        return any(task.kind == kind and task.version == version for task in mine(viewer(name)))

    return {name for name in organisation.accounts if has(name)}


def test_each_checkpoint_has_the_table_in_the_work_list_of_its_own_person(
    linyi: TableVersion, organisation: Demonstrated, viewer: Who
) -> None:
    ready = mended(linyi, organisation.accounts["jixiao"])
    submit_table(viewer("jingban"), ready.pk)
    make_notices()
    for code, username, carries in WALK:
        assert with_task("decide", ready, organisation, viewer) == {username}, code
        assert with_task("submit", ready, organisation, viewer) == set(), code
        assert Notice.objects.filter(account=organisation.accounts[username], kind="to_decide", read_at=None).exists(), code
        say(viewer(username), ready, Outcome.AGREE, **carries)
        make_notices()
    assert with_task("decide", ready, organisation, viewer) == set()
    told = set(Notice.objects.filter(kind="approved").values_list("account__username", flat=True))
    assert told == {"jingban", "jixiao"}


def test_a_returned_table_is_back_with_its_authors(linyi: TableVersion, organisation: Demonstrated, viewer: Who) -> None:
    ready = walk(viewer, mended(linyi, organisation.accounts["jixiao"]), until="head")
    say(viewer("juzhang"), ready, Outcome.RETURN, opinion="目标偏低")
    make_notices()
    assert {"jingban", "jixiao"} <= with_task("mend", ready, organisation, viewer)
    assert with_task("decide", ready, organisation, viewer) == set()
    assert Notice.objects.filter(kind="returned", account=organisation.accounts["jingban"]).count() == 1


def test_an_adjustment_waits_for_its_second_person_alone(linyi: TableVersion, organisation: Demonstrated, viewer: Who) -> None:
    approved = walk(viewer, mended(linyi, organisation.accounts["jixiao"]))
    second = organisation.accounts["jixiao"]
    version = adjust_table(viewer("jingban"), approved.table_id, reason="x", document="y", second_person=second.pk)
    assert with_task("confirm", version, organisation, viewer) == {"jixiao"}
    make_notices()
    assert set(Notice.objects.filter(kind="to_confirm").values_list("account", flat=True)) == {second.pk}
    TableVersion.objects.filter(pk=version.pk).update(second_confirmed_at=version.created_at)
    assert with_task("confirm", version, organisation, viewer) == set()


def test_whoever_holds_a_watching_role_beside_others_sees_what_is_overdue(
    organisation: Demonstrated, signed_in: Callable[[str], Client]
) -> None:
    address = reverse("tasks:overdue")
    filler = organisation.accounts["jingban"]
    assert signed_in("jingban").get(address).status_code == 403
    RoleAssignment.objects.create(account=filler, role=Role.SECTION_HEAD, unit=organisation.units["331001"], since=date(2015, 1, 1))
    assert signed_in("jingban").get(address).status_code == 200
    assert signed_in("juzhang").get(address).status_code == 200
