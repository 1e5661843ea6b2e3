"""绑定指标取数规则: an administrator tells, without code, which entries of which register an indicator counts."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from zhiheng_web.ledgers.models import CountingBasis
from zhiheng_web.ledgers.packs.bases import Basis
from zhiheng_web.ledgers.packs.binding import registers_of, write_basis
from zhiheng_web.ledgers.packs.checking_bases import check_basis
from zhiheng_web.ledgers.queries.declaring import indicator_to_declare
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text


@action("ledgers.bind_indicator")
def bind_indicator(viewer: Viewer, indicator_id: UUID, basis: Basis) -> Done[CountingBasis]:
    """A basis of the indicator: the one that holds if it has none, else a further one beside it, chosen by an adjustment of the target."""
    indicator = indicator_to_declare(viewer, indicator_id, lock=True)
    authorise(viewer, "ledgers.bind_indicator", Scope(indicator.department_id))
    existing = list(CountingBasis.objects.filter(indicator=indicator))
    taken = {row.code for row in existing}
    code = next(f"own_{number}" for number in range(1, len(existing) + 2) if f"own_{number}" not in taken)
    default = not any(row.default and not row.withdrawn for row in existing)
    basis = replace(basis, code=code, default=default)
    registers = {name: row for name, row in registers_of(indicator.department_id).items() if row.closed_on is None}
    problems = list(check_basis(basis, {name: definition_of(row) for name, row in registers.items()}))
    if problems:
        text = Text("取数规则有 {n} 处要改：{first}", "{n} things to mend in the binding: {first}")
        fields = {str(next((key for key in reversed(one.path) if isinstance(key, str)), "")): one.text for one in problems}
        raise Invalid("binding", text.with_(n=len(problems), first=problems[0].text), fields)
    words = [basis.zh, basis.en, *(word for part in basis.parts for word in (part.zh, part.en))]
    refuse_marked_text(words, Text("计算口径的文字", "the words of the basis"))
    write_basis(indicator, "", basis, len(existing), default, None, registers)
    row = CountingBasis.objects.get(indicator=indicator, code=code)
    details = {"basis": code, "default": default, "parts": [part.measure for part in basis.parts]}
    return Done(row, "ledgers.CountingBasis", str(row.pk), indicator.name, str(indicator.department_id), details=details)
