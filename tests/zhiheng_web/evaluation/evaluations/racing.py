"""Real threads on one panel: python -m tests.zhiheng_web.evaluation.evaluations.racing prints what each got and what stands."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from decimal import Decimal

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiheng_web.config.settings")


def everything() -> dict[str, object]:
    """Evaluators who mark at once, one person in two windows, marks handed in against a declared conflict, two draws of one sample."""
    from tests.zhiheng_web.evaluation.evaluations.conftest import LINES
    from tests.zhiheng_web.evaluation.evaluations.work import MARKS, Work
    from tests.zhiheng_web.evaluation.self_evaluation.scene import scene
    from tests.zhiheng_web.trust.races import at_once

    from zhiheng_web.demonstration.organisation import write_organisation
    from zhiheng_web.evaluation.actions.declare_interests import declare_evaluator
    from zhiheng_web.evaluation.actions.give_marks import Given, give_marks, hand_in_marks
    from zhiheng_web.evaluation.actions.hand_in_report import Draft, hand_in_report
    from zhiheng_web.evaluation.models import Mark
    from zhiheng_web.organisation.viewer import viewer_of
    from zhiheng_web.trail.chain import verify

    made = write_organisation()
    table = scene(viewer_of(made.accounts["jixiao"], date(2020, 1, 10)), made.units["331001"], LINES).table.pk
    work = Work(made, table).to("scoring")
    pk, items = work.row.pk, work.row.items.count()
    told: dict[str, object] = {"items": items}
    people = {name: work.person(name) for name in MARKS}
    some = {item.pk: Given(Decimal(1)) for item in work.row.items.all()}
    told["two_windows"] = at_once(
        [lambda n=n: give_marks(people["agent"], pk, {key: Given(Decimal(n)) for key in some}, 0) for n in (1, 2, 3)]
    )
    told["one_window_stands"] = Mark.objects.filter(evaluator__account__username="agent").values("points").distinct().count()
    told["both_hand_in"] = at_once([lambda name=name: hand_in_marks(people[name], pk, work.given()) for name in MARKS for _ in (1, 2)])
    told["marks"] = Mark.objects.count()
    draft = Draft("a", "b", "c")
    told["report_and_conflict"] = at_once([
        lambda: hand_in_report(people["agent"], pk, draft), lambda: declare_evaluator(people["agent2"], pk, False, "x"),
        lambda: hand_in_report(people["agent"], pk, draft),
    ])  # fmt: skip
    row = work.row
    told["state"] = row.state
    told["reports"] = row.reports.count()
    told["void"] = row.evaluators.filter(voided_at__isnull=False).count()
    told["returned"] = row.reports.exclude(returned="").count()
    told["chain"] = [str(one) for one in verify()]
    return told


def main() -> None:
    """Set up a database of its own and print what came of it."""
    django.setup()
    from tests.migrated import migrate

    migrate()
    sys.stdout.write(json.dumps(everything()) + "\n")


if __name__ == "__main__":
    main()
