"""Reading the trail: filtered, in words, checked."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from zhiheng.reports.formula import guarded
from zhiheng_web.organisation.authority import ALL_POLICIES, absent
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import ACTIONS
from zhiheng_web.trail.chain import Break, verify
from zhiheng_web.trail.models import ChainHead, TrailRecord
from zhiheng_web.trail.names import EVENTS, detail_name
from zhiheng_web.trail.policies import visible_records
from zhiheng_web.wording import Text

COLUMNS = (
    ("number", Text("序号", "Number")),
    ("at", Text("时间", "Time")),
    ("name", Text("人员", "Person")),
    ("address", Text("地址", "Address")),
    ("action", Text("操作", "Action")),
    ("object_name", Text("对象", "Object")),
    ("object_id", Text("对象编号", "Object id")),
    ("before", Text("办理前摘要", "Digest before")),
    ("after", Text("办理后摘要", "Digest after")),
    ("details", Text("内容", "Details")),
    ("sha256", Text("SHA-256", "SHA-256")),
    ("sm3", Text("SM3", "SM3")),
)
BREAKS = {
    "missing": Text("第 {number} 条记录缺失", "Record {number} is missing"),
    "changed": Text("第 {number} 条记录被改动，或顺序被调换", "Record {number} was changed or put elsewhere"),
    "rewritten": Text("第 {number} 条记录与外部留存的链尾不符", "Record {number} does not agree with the end that was kept elsewhere"),
    "head": Text("链尾不符：末尾的记录被截去，或链尾被改动", "The end does not fit: records were cut off, or the end was changed"),
}
SHOWN_BREAKS = 100


def action_text(name: str) -> Text:
    """What an action or event is called; its own name if nobody registered a text."""
    if name in ALL_POLICIES:
        return ALL_POLICIES[name].text
    return EVENTS.get(name, Text(name, name))


def actions_named() -> list[tuple[str, Text]]:
    """All actions and events with their texts, in the order of their names."""
    return [(name, action_text(name)) for name in sorted({*ACTIONS, *EVENTS})]


def records_seen(viewer: Viewer, asked: Mapping[str, Any]) -> QuerySet[TrailRecord]:
    """The records the viewer may see that fit the filter, the newest first."""
    found = visible_records(viewer).order_by("-number")
    if person := asked.get("person"):
        found = found.filter(Q(name__icontains=person) | Q(account=person))
    if action := asked.get("action"):
        found = found.filter(action=action)
    if words := asked.get("words"):
        found = found.filter(Q(object_name__icontains=words) | Q(object_id=words))
    if first := asked.get("first"):
        found = found.filter(at__gte=_midnight(first))
    if last := asked.get("last"):
        found = found.filter(at__lt=_midnight(last + timedelta(days=1)))
    return found


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def record_seen(viewer: Viewer, number: int) -> TrailRecord:
    """One record, or Absent."""
    found = visible_records(viewer).filter(number=number).first()
    if found is None:
        raise absent(Text("该记录", "this record"))
    return found


def details_of(record: TrailRecord) -> list[tuple[str, str]]:
    """The details as a person reads them: lists joined, nested objects as name and value."""
    said = {name: action_text(value) if name == "tried" else value for name, value in record.details.items()}
    return [(detail_name(name), _plain(value)) for name, value in said.items()]


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "；".join(f"{detail_name(name)}：{_plain(part)}" for name, part in value.items())
    if isinstance(value, list):
        return "、".join(map(_plain, value))
    if isinstance(value, bool):
        return str(Text("是", "yes") if value else Text("否", "no"))
    return "" if value is None else str(value)


def exported(records: Iterable[TrailRecord]) -> Iterator[str]:
    """The records as CSV lines with a heading, for a spreadsheet: a cell that would read as a formula is made text."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([str(text) for _, text in COLUMNS])
    for record in records:
        row = {name: getattr(record, name) for name, _ in COLUMNS}
        row["at"] = timezone.localtime(record.at).isoformat(timespec="milliseconds")
        row["action"] = str(action_text(record.action))
        row["details"] = "；".join(f"{name}：{value}" for name, value in details_of(record))
        yield writer.writerow([guarded(str(value)) for value in row.values()])


class _Echo:
    """A file that gives back what is written."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking the whole chain found: how many records, the head's digests, the breaks (the first hundred) and their number."""

    records: int
    sha256: str
    sm3: str
    breaks: list[tuple[Break, Text]]
    broken: int


def verification() -> Verification:
    """Check every record, at one moment: actions wait until it is done."""
    with transaction.atomic():
        head = ChainHead.objects.select_for_update().get(pk=1)
        found = list(verify(head=head))
    shown = [(entry, BREAKS[entry.kind].with_(number=entry.number)) for entry in found[:SHOWN_BREAKS]]
    return Verification(head.number, head.sha256, head.sm3, shown, len(found))
