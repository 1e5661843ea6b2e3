"""固化指标实际值: freeze what indicators amount to on a day as known now, with the entries behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhiheng_web.ledgers.bulk import insert_values
from zhiheng_web.ledgers.measures.actual import actuals, bases_of, chosen_bases, parts_of, target_rows
from zhiheng_web.ledgers.measures.behind import entries_of
from zhiheng_web.ledgers.measures.freezing import Frozen, canonical, digest, head_of_snapshot, lines_of, read, rule_of
from zhiheng_web.ledgers.measures.result import Actual
from zhiheng_web.ledgers.models import CountingBasis, EntryVersion, Snapshot, SnapshotEntry
from zhiheng_web.ledgers.queries.actuals import visible_indicators
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import Indicator
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

BATCH = 2000


@action("ledgers.take_snapshot")
def take_snapshot(
    viewer: Viewer, indicators: Collection[UUID], on: date, reason: str = "", known: datetime | None = None
) -> Done[list[Snapshot]]:
    """Freeze the values of indicators of one department. A value frozen before on that day is replaced, which needs a reason."""
    found = list(Indicator.objects.filter(pk__in=list(indicators)).select_for_update(no_key=True).order_by("pk"))
    if not found or len({indicator.department_id for indicator in found}) != 1 or len(found) != len(set(indicators)):
        raise absent(Text("该指标", "this indicator"))
    if set(visible_indicators(viewer, found)) != set(indicators):
        raise absent(Text("该指标", "this indicator"))
    department = found[0].department_id
    authorise(viewer, "ledgers.take_snapshot", Scope(department))
    instant = min(known or viewer.now(), viewer.now())
    earlier = standing([indicator.pk for indicator in found], on)
    if earlier and not reason.strip():
        raise Invalid(
            "reason_missing",
            Text(
                "{n} 项指标在 {day} 已固化过，再次固化须写明原因。",
                "{n} of these indicators are frozen for {day} already: say why they are frozen again.",
            ).with_(n=len(earlier), day=on.isoformat()),
            {"reason": Text("请填写原因", "Give a reason")},
        )
    taken = taken_now(viewer, [indicator.pk for indicator in found], on, instant, reason.strip(), earlier)
    details = {"on": on.isoformat(), "count": len(taken), "snapshots": [str(one.pk) for one in taken], "reason": reason.strip()}
    after = digest_of(one.digest for one in taken)
    return Done(taken, "ledgers.Snapshot", str(taken[0].pk), found[0].name, str(department), "", after, details)


def standing(indicators: Collection[UUID], on: date) -> dict[UUID, Snapshot]:
    """The snapshots of that day that nothing has replaced."""
    rows = Snapshot.objects.filter(indicator__in=list(indicators), on=on, replaced_by__isnull=True)
    return {row.indicator_id: row for row in rows}


def taken_now(
    viewer: Viewer, indicators: Sequence[UUID], on: date, known: datetime, reason: str, earlier: Mapping[UUID, Snapshot]
) -> list[Snapshot]:
    """Freeze and write, within the transaction of an action that has authorised it: what taking snapshots and every step that needs
    values of a day have in common. Indicators without a basis are left out; refused where none has one.
    """
    rows = target_rows(indicators, on)
    bases = {basis.indicator_id: basis for basis in chosen_bases(bases_of(indicators), rows)}
    if not bases:
        raise Refusal(
            "unbound",
            Text("所选指标均未绑定台账，无法固化。", "None of these indicators is bound to a ledger: there is nothing to freeze."),
        )
    values = actuals(list(bases), on, known, rows)
    behind = _behind(bases.values(), on, known)
    versions = _versions({one.version for rows in behind.values() for one in rows})
    snapshots: list[Snapshot] = []
    entries: list[dict[str, Any]] = []
    for indicator, basis in sorted(bases.items()):
        snapshot = _snapshot(viewer, values[indicator], basis, known)
        snapshot.reason, snapshot.replaces = reason, earlier.get(indicator)
        lines = behind.get(basis.pk, [])
        snapshot.digest = digest(head_of_snapshot(snapshot), lines_of(lines, versions))
        snapshots.append(snapshot)
        entries += [
            {"snapshot_id": snapshot.pk, "part": one.part, "version_id": one.version, "reason": one.reason, "counts_as": one.counts_as}
            for one in lines
        ]
    Snapshot.objects.bulk_create(snapshots)
    insert_values(SnapshotEntry, {}, entries)
    return snapshots


def _snapshot(viewer: Viewer, actual: Actual, basis: CountingBasis, known: datetime) -> Snapshot:
    rules = {}
    for binding, part in zip(parts_of(basis), actual.parts, strict=True):
        since = part.extra.get("since", {})
        rules[part.code] = rule_of(binding, actual.on, since if isinstance(since, dict) else {})
    return Snapshot(
        indicator_id=basis.indicator_id, basis=basis, year=actual.on.year, on=actual.on, known_at=known, value=canonical(actual, rules),
        counted=actual.counted, taken_by=viewer.account, taken_at=viewer.now(),
    )  # fmt: skip


def _behind(bases: Iterable[CountingBasis], on: date, known: datetime) -> dict[UUID, list[Frozen]]:
    """Basis → its entries."""
    parts = {binding.pk: (basis.pk, binding) for basis in bases for binding in parts_of(basis)}
    found: dict[UUID, list[Frozen]] = {}
    for one in entries_of([binding for _, binding in parts.values()], on, known):
        basis, binding = parts[one.binding]
        reason = one.reason.value if one.reason else ""
        found.setdefault(basis, []).append(Frozen(binding.code, one.version, reason, one.counts_as))
    return found


def _versions(ids: Collection[UUID]) -> dict[UUID, Any]:
    wanted, found = list(ids), {}
    for start in range(0, len(wanted), BATCH):
        found.update(read(EntryVersion.objects.filter(pk__in=wanted[start : start + BATCH])))
    return found
