"""Who is told of a package, and who has it on his list by its twentieth day: the next who acts, and who prepares it when it comes back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.zhiheng_web.publication.packages.conftest import Journey
from tests.zhiheng_web.tasks.told import told
from tests.zhiheng_web.tasks.waiting import closed_doors, kinds, one

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions.ask_withdrawal import ask_withdrawal
from zhiheng_web.publication.actions.decide_withdrawal import decide_withdrawal
from zhiheng_web.publication.actions.prepare_package import prepare_package
from zhiheng_web.publication.actions.publish_package import publish_package
from zhiheng_web.publication.actions.review_package import review_package
from zhiheng_web.publication.actions.sign_package import sign_package


def test_a_package_from_its_preparation_to_the_public(budget: Journey, on: Callable[[str, str], Viewer]) -> None:
    row, day = budget.package, "2020-02-03"
    person = partial(lambda day, name: on(name, day), day)

    def waits() -> dict[str, set[str]]:
        assert closed_doors(person) == []
        return {kind: who for kind, who in kinds(person).items() if kind.startswith("package")}

    told()
    assert waits() == {"package_prepare": {"jixiao"}}
    assert one(person, "jixiao", "package_prepare").due_on == row.due_on
    prepare_package(on("jixiao", day), row.pk)
    row.refresh_from_db()
    assert (told(), waits()) == ({"to_decide": {"baomi"}}, {"package_review": {"baomi"}})
    review_package(on("baomi", day), row.pk, row.digest, False, "第三段请改写")
    assert (told(), waits()) == ({"returned": {"jixiao"}}, {"package_prepare": {"jixiao"}})
    prepare_package(on("jixiao", day), row.pk)
    row.refresh_from_db()
    told()
    review_package(on("baomi", day), row.pk, row.digest, True)
    assert (told(), waits()) == ({"to_decide": {"juzhang"}}, {"package_sign": {"juzhang"}})
    sign_package(on("juzhang", day), row.pk, row.digest, True)
    assert told() == {"to_decide": {"jixiao"}}
    assert "jixiao" in waits()["package_publish"]
    publish_package(on("jixiao", day), row.pk)
    assert (told(), waits()) == ({}, {})
    ask_withdrawal(on("jixiao", day), row.pk, "trade_secret", "含有企业商业秘密")
    assert told() == {"to_decide": {"juzhang"}}
    decide_withdrawal(on("juzhang", day), row.pk, False, "不涉及商业秘密")
    assert (told(), waits()) == ({"returned": {"jixiao"}}, {})
