"""What a measure gives: the value of each part of an indicator with what was counted, what was not, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from zhiheng_web.wording import Text

SHOWN_ONLY = "-"
"""The target text of a part that is shown and not judged."""


class State(StrEnum):
    """How an indicator stands. Zero is none of these: it is a value that meets its target or not."""

    MET = "met"
    MISSED = "missed"
    UNDER_WAY = "under_way"
    NOT_DUE = "not_due"
    NOTHING_DUE = "nothing_due"
    WAITING = "waiting"
    NOT_ORGANISED = "not_organised"
    NOT_APPLICABLE = "not_applicable"
    SHOWN = "shown"
    JUDGE = "judge"
    UNBOUND = "unbound"


STATE_NAMES = {
    State.MET: Text("已达成", "Met"),
    State.MISSED: Text("未达成", "Missed"),
    State.UNDER_WAY: Text("进行中", "Under way"),
    State.NOT_DUE: Text("未到期", "Not due"),
    State.NOTHING_DUE: Text("无应办事项", "Nothing due"),
    State.WAITING: Text("待统计发布", "Waiting for the statistic"),
    State.NOT_ORGANISED: Text("未组织", "Not organised"),
    State.NOT_APPLICABLE: Text("不适用", "Not applicable"),
    State.SHOWN: Text("仅列示", "Shown only"),
    State.JUDGE: Text("人工判定", "To be judged by a person"),
    State.UNBOUND: Text("未绑定台账", "Not bound to a ledger"),
}


class Reason(StrEnum):
    """Why an entry that a binding looks at is not counted, in the order in which it is asked."""

    REVOKED = "revoked"
    RETURNED = "returned"
    PENDING = "pending"
    STATE = "state"
    NO_DATE = "no_date"
    PERIOD = "period"
    NOT_YET = "not_yet"
    ENDED = "ended"
    NOT_DUE = "not_due"
    OPEN = "open"
    EVIDENCE = "evidence"
    CHECK = "check"
    NO_VALUE = "no_value"
    NO_CHANNEL = "no_channel"
    LATE = "late"
    EARLIER = "earlier"
    DUPLICATE = "duplicate"
    SUPERSEDED = "superseded"


REASON_NAMES = {
    Reason.REVOKED: Text("已撤销", "Revoked"),
    Reason.RETURNED: Text("已退回", "Returned"),
    Reason.PENDING: Text("待确认", "Awaiting confirmation"),
    Reason.STATE: Text("状态不计", "State does not count"),
    Reason.NO_DATE: Text("缺计数日期", "No counting date"),
    Reason.PERIOD: Text("不在期间内", "Outside the period"),
    Reason.NOT_YET: Text("尚未生效", "Not yet in force"),
    Reason.ENDED: Text("已失效", "No longer in force"),
    Reason.NOT_DUE: Text("未到期", "Not yet due"),
    Reason.OPEN: Text("未办结", "Not done"),
    Reason.EVIDENCE: Text("缺证据", "Evidence missing"),
    Reason.CHECK: Text("未通过校核", "Failed a check"),
    Reason.NO_VALUE: Text("缺数值", "No figure"),
    Reason.NO_CHANNEL: Text("不属于在用渠道", "Of no channel in force"),
    Reason.LATE: Text("逾期办理", "Done late"),
    Reason.EARLIER: Text("以前年度已计", "Counted in an earlier year"),
    Reason.DUPLICATE: Text("重复", "Duplicate"),
    Reason.SUPERSEDED: Text("已有新版次", "Superseded by a later edition"),
}


@dataclass(frozen=True, slots=True)
class PartResult:
    """One part. ``number`` is the figure in ``unit`` (a percentage for coverage), None where there is none; a ratio keeps both its terms.

    ``recorded`` are the entries that the period concerns whether they count or not: counted + evidence + check + duplicate (登记, 可计).
    ``extra`` explains a figure: windows met, longest gap, opening and closing stock with new, expired, revoked, benchmark and edition.
    """

    code: str
    name: Text
    measure: str
    register: UUID
    state: State
    number: Decimal | None
    unit: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    counted: int = 0
    recorded: int = 0
    not_counted: Mapping[Reason, int] = field(default_factory=dict)
    target: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Actual:
    """The actual value of an indicator on a day as known at an instant, on one counting basis.

    ``parts`` are all of its parts; ``shown`` the words of the value for people (两项并列 where both count). ``state`` joins them.
    ``value`` in ``unit`` is that of the part number ``decisive`` (the weakest, or the first), None where there is none;
    ``circumstance`` is why the office decided that there is no figure.
    """

    indicator: UUID
    basis: UUID | None
    basis_code: str
    state: State
    parts: tuple[PartResult, ...]
    shown: Text
    on: date
    known: datetime
    value: Decimal | None = None
    unit: str = ""
    target: str = ""
    decisive: int = 0
    circumstance: str = ""

    @property
    def deciding(self) -> tuple[PartResult, ...]:
        """The parts that are judged, one for each register: those only shown, and others of a register, see the same entries again."""
        judged = [part for number, part in enumerate(self.parts) if part.target != SHOWN_ONLY or number == self.decisive]
        judged.sort(key=lambda part: part is not self.parts[self.decisive])
        first: dict[UUID, PartResult] = {}
        for part in judged:
            first.setdefault(part.register, part)
        kept = {id(part) for part in first.values()}
        return tuple(part for part in self.parts if id(part) in kept)

    @property
    def counted(self) -> int:
        """可计: the entries counted, over the parts that are judged."""
        return sum(part.counted for part in self.deciding)

    @property
    def recorded(self) -> int:
        """登记: the entries that the period concerns, over the same parts."""
        return sum(part.recorded for part in self.deciding)

    @property
    def not_counted(self) -> dict[Reason, int]:
        """Those not counted, by reason, over the same parts."""
        total: dict[Reason, int] = {}
        for part in self.deciding:
            for reason, count in part.not_counted.items():
                total[reason] = total.get(reason, 0) + count
        return total
