"""Real threads against a real database: python races.py. What each thread got and what stands afterwards is printed as JSON."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiheng_web.config.settings")
LINYI = Path(__file__).parents[3] / "examples" / "linyi-2020" / "table.txt"
TODAY = date(2020, 1, 10)


def at_once(calls: Sequence[Callable[[], Any]]) -> list[str]:
    """Run the calls in as many threads, all released together. Each answers 'done', its refusal's code, or a fault's name."""
    from django.db import connections

    from zhiheng_web.trail.action import Refusal

    barrier, answers = threading.Barrier(len(calls)), [""] * len(calls)

    def run(index: int, call: Callable[[], Any]) -> None:
        try:
            barrier.wait(60)
            call()
            answers[index] = "done"
        except Refusal as refusal:
            answers[index] = refusal.code
        except Exception as fault:  # noqa: BLE001 - the name of the fault is the answer
            answers[index] = f"FAULT {type(fault).__name__}: {str(fault)[:200]}"
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return ["HANGS" if thread.is_alive() else answer for thread, answer in zip(threads, answers, strict=True)]


def everything() -> dict[str, Any]:
    """All races, one after another, on one database."""
    from tests.zhiheng_web.planning.travelling import EXCELLENT, WALK, mended

    from zhiheng.plan.procedure import Outcome
    from zhiheng.tables.reading import read
    from zhiheng_web.demonstration.organisation import PASSWORD, write_organisation
    from zhiheng_web.organisation.actions.delegate_role import delegate_role
    from zhiheng_web.organisation.actions.end_role import end_role
    from zhiheng_web.organisation.models import Account, RoleAssignment
    from zhiheng_web.organisation.viewer import viewer_of
    from zhiheng_web.planning.actions.adjust_table import adjust_table
    from zhiheng_web.planning.actions.change_budget import change_budget
    from zhiheng_web.planning.actions.decide import Verdict, decide
    from zhiheng_web.planning.actions.edit_cells import CellEdit, edit_cells
    from zhiheng_web.planning.actions.generate_table import generate_table
    from zhiheng_web.planning.actions.import_table import import_table
    from zhiheng_web.planning.actions.submit_table import submit_table
    from zhiheng_web.planning.circulation.standing import standing
    from zhiheng_web.planning.models import BudgetLine, Decision, TableVersion
    from zhiheng_web.trail.chain import verify
    from zhiheng_web.trail.models import ChainHead, TrailRecord
    from zhiheng_web.trail.recording import record

    made = write_organisation()
    accounts, unit = made.accounts, made.units["331001"]
    told: dict[str, Any] = {}

    def who(username: str) -> Any:
        return viewer_of(Account.objects.get(username=username), TODAY, "127.0.0.1")

    viewers = {name: who(name) for name in accounts}
    officer = viewers["jixiao"]

    told["trail"] = at_once([lambda n=n: record(officer, "planning.export", "x", str(n)) for n in range(20)])
    told["trail_records"] = TrailRecord.objects.count()

    table = read(LINYI).tables[0]
    changed = read(LINYI).tables[0]
    changed = replace(changed, plan=replace(changed.plan, title=changed.plan.title + "（二）"))
    told["imports"] = at_once([lambda t=t: import_table(officer, unit, t) for t in (table, changed, table, changed)])
    told["versions_imported"] = TableVersion.objects.count()
    version = TableVersion.objects.first()

    row = version.indicator_rows.order_by("position").first()
    told["one_cell"] = []

    def write(viewer: Any, text: str) -> None:
        found = edit_cells(viewer, version.pk, [CellEdit(str(row.pk), "remark", row.remark or "", text)])
        told["one_cell"].append("saved" if found.saved else "conflict" if found.conflicts else "refused")

    told["cell_answers"] = at_once([lambda n=n: write(officer, f"备注 {n}") for n in range(8)])
    rows = list(version.indicator_rows.order_by("position"))[1:11]
    told["ten_cells"] = at_once(
        [
            lambda r=r, n=n: edit_cells(officer, version.pk, [CellEdit(str(r.pk), "remark", r.remark or "", f"同时 {n}")])
            for n, r in enumerate(rows)
        ]
    )
    kept = dict(version.indicator_rows.values_list("pk", "remark"))
    told["ten_kept"] = [kept[r.pk] == f"同时 {n}" for n, r in enumerate(rows)]

    from zhiheng_web.tasks.actions.write_message import write_message

    def write_and_talk(n: int) -> None:
        for turn in range(4):
            if n % 2:
                write_message(viewers["jixiao"], version.pk, f"讨论 {n} {turn}")
            else:
                seen = version.indicator_rows.get(pk=rows[n % 10].pk).remark or ""
                edit_cells(officer, version.pk, [CellEdit(str(rows[n % 10].pk), "remark", seen, f"又改 {n} {turn}")])

    told["edits_beside_messages"] = at_once([lambda n=n: write_and_talk(n) for n in range(8)])

    version.refresh_from_db()
    mended(version, accounts["jixiao"])
    told["submits"] = at_once([lambda: submit_table(viewers["jingban"], version.pk)] * 4)
    for _, username, carries in WALK:
        turn = standing(TableVersion.objects.get(pk=version.pk)).turn
        outcomes = at_once([lambda c=carries, u=username, t=turn: decide(viewers[u], version.pk, Verdict(Outcome.AGREE, **c), turn=t)] * 3)
        told.setdefault("decisions", []).append(sorted(outcomes))
    told["decisions_kept"] = Decision.objects.count()
    version.refresh_from_db()
    told["state"] = version.state

    second = accounts["kezhang"].pk
    told["adjustments"] = at_once(
        [lambda: adjust_table(officer, version.table_id, reason="理由", document="文号", second_person=second)] * 3
        + [lambda: import_table(officer, unit, changed)] * 2
    )
    told["open_versions"] = TableVersion.objects.filter(table=version.table_id, state="draft").count()
    told["generated"] = at_once([lambda: generate_table(officer, version.pk, 2021)] * 3)
    told["tables_of_2021"] = TableVersion.objects.filter(table__year=2021).count()

    line = BudgetLine.objects.create(unit=unit, year=2020, source="fiscal", initial=Decimal(100))
    told["budget"] = at_once([lambda: change_budget(officer, line.pk, date(2020, 6, 1), Decimal(-60), "减", "文")] * 3)
    told["budget_left"] = str(line.initial + sum(line.changes.values_list("amount", flat=True)))

    for n in range(2):
        other = Account.objects.create_user(f"sec{n}", f"安全{n}", PASSWORD)
        RoleAssignment.objects.create(account=other, role="security_administrator", since=date(2019, 1, 1))
    RoleAssignment.objects.filter(account=accounts["secadmin"]).update(until=TODAY)
    roles = list(RoleAssignment.objects.filter(role="security_administrator", account__username__startswith="sec", until=None))
    enders = [viewer_of(roles[1].account, TODAY), viewer_of(roles[0].account, TODAY)]
    told["last_two"] = at_once([lambda v=v, r=r: end_role(v, r.pk, TODAY) for v, r in zip(enders, roles, strict=True)])
    told["administrators_left"] = RoleAssignment.objects.filter(role="security_administrator", until=None).count()

    lender = who("jixiao")
    role = RoleAssignment.objects.get(account=accounts["jixiao"])
    from django.utils import timezone

    today = timezone.localdate()
    boss = Account.objects.create_user("sec9", "安全九", PASSWORD)
    RoleAssignment.objects.create(account=boss, role="security_administrator", since=date(2019, 1, 1))
    told["lend_and_end"] = at_once(
        [
            lambda: delegate_role(lender, role.pk, "jingban2", today, today + timedelta(days=30)),
            lambda: end_role(viewer_of(boss, today), role.pk, today),
        ]
    )
    lent = RoleAssignment.objects.filter(delegated_by=accounts["jixiao"])
    told["lent_outlives"] = [str(row.until) for row in lent if row.until is None or row.until > today]

    from django_otp.oath import TOTP
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from zhiheng_web.organisation.signing_in import Pending, _right

    device = TOTPDevice.objects.create(user=accounts["juzhang"], confirmed=True)
    pending = Pending(accounts["juzhang"], device, "", "password")
    code = f"{TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift).token():06d}"
    told["one_code"] = []
    told["codes"] = at_once([lambda: told["one_code"].append(_right(pending, code))] * 6)
    told["wrong_codes"] = at_once([lambda: _right(pending, "000000")] * 6)
    told["throttled"] = TOTPDevice.objects.get(pk=device.pk).throttling_failure_count

    told["breaks"] = [str(found) for found in verify()]
    told["head"] = ChainHead.objects.get().number == TrailRecord.objects.count()
    told["excellent"] = len(EXCELLENT)
    return told


if __name__ == "__main__":
    django.setup()
    from tests.migrated import migrate

    migrate()
    print(json.dumps(everything(), ensure_ascii=False))  # noqa: T201 - this is what the command is for
