"""Notices: who should know of what happened. Made from the trail, in its order, once per record and person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from zhiheng.plan.procedure import EDITORS, OFFICER, Role
from zhiheng_web.organisation.models import Account, RoleAssignment
from zhiheng_web.organisation.viewer import Scope
from zhiheng_web.planning.models import Circulation, TableVersion
from zhiheng_web.tasks.models import Message, Notice, NoticeCursor
from zhiheng_web.tasks.worklist import every_task
from zhiheng_web.trail.models import TrailRecord
from zhiheng_web.wording import Text

AT_ONCE = 200
BEFORE = timedelta(days=3)
"""How long before its day work is reminded of."""


@dataclass(frozen=True, slots=True)
class News:
    """What is told to whom. ``about`` names what it is about, so that it is told once; '' for the record of the trail itself."""

    kind: str
    text: Text
    link: str
    accounts: frozenset[UUID]
    about: str = ""


def make_notices() -> int:
    """Make the notices for the records that have none yet; how many were made. Safe to run twice at the same time."""
    made = 0
    with transaction.atomic():
        cursor, _ = NoticeCursor.objects.select_for_update(no_key=True).get_or_create(pk=1)
        for record in TrailRecord.objects.filter(number__gt=cursor.number).order_by("number")[:AT_ONCE]:
            for news in news_of(record):
                made += tell(news, news.about or f"trail:{record.number}:{news.kind}", news.accounts - _ids(record.account))
            cursor.number = record.number
        cursor.save()
    return made


def remind(today: date) -> int:
    """Remind those who hold work that is due within :data:`BEFORE` days, once for each piece of work and day it is due."""
    made = 0
    for task in every_task():
        if task.version is not None and task.due_on is not None and task.due_on - today <= BEFORE:
            words = Text(f"{task.text.zh}，{task.due_on:%Y-%m-%d} 到期。", f"{task.text.en}: due on {task.due_on:%Y-%m-%d}.")
            roles = EDITORS if task.who is Role.FILLER else [task.who]
            accounts = frozenset({task.person}) if task.person else holders(roles, task.version)
            news = News("due", words, task.link, accounts)
            made += tell(news, f"due:{task.kind}:{task.version.pk}:{task.due_on}", accounts - _ids(str(task.submitted_by or "")))
    return made


def tell(news: News, about: str, accounts: frozenset[UUID]) -> int:
    """Write a notice to each of ``accounts`` that has not been told of it; how many were written."""
    fixed = {"about": about, "kind": news.kind, "text_zh": news.text.zh[:300], "text_en": news.text.en[:300], "link": news.link}
    known = set(Notice.objects.filter(about=about, account__in=accounts).values_list("account", flat=True))
    fresh = [Notice(account_id=account, **fixed) for account in sorted(accounts - known)]
    return len(Notice.objects.bulk_create(fresh, ignore_conflicts=True))


def _ids(account: str) -> frozenset[UUID]:
    return frozenset({UUID(account)}) if account else frozenset()


Teller = Callable[[TrailRecord], "Iterable[News]"]
_tellers: dict[str, Teller] = {}


def register_news(tellers: Mapping[str, Teller]) -> None:
    """Make notices of these actions too: trail name → what a record of it is news of. Called in AppConfig.ready."""
    _tellers.update(tellers)


def news_of(record: TrailRecord) -> list[News]:
    """What a record of the trail is news of; nothing for most of them."""
    tell = _tellers.get(record.action)
    return [news for news in tell(record) if news.accounts] if tell is not None else []


def _of_version(tell: Callable[[TableVersion, TrailRecord], Iterable[News]]) -> Teller:
    """A teller of records about a version."""

    def of(record: TrailRecord) -> Iterable[News]:
        rows = TableVersion.objects.select_related("table__unit__department", "table__project")
        version = rows.filter(pk=record.object_id).first() if record.object_type == "planning.TableVersion" else None
        return tell(version, record) if version is not None else ()

    return of


def _moved(version: TableVersion, _: TrailRecord) -> Iterable[News]:
    """After a decision: the next who decides; those who wrote it when it comes back, is blocked or approved."""
    circulation = Circulation.objects.filter(version=version).order_by("-submitted_at").first()
    link = reverse("planning:review", args=[version.pk])
    if circulation is not None and circulation.ended_at is None:
        words = Text(f"{version.table}绩效目标表待您审核。", f"{version.table}: waiting for your review.")
        about = f"to_decide:{circulation.pk}:{circulation.position}"
        yield News("to_decide", words, link, holders([Role(circulation.checkpoint_role)], version), about)
        return
    ends = {
        "returned": Text(f"{version.table}绩效目标表被退回，请修改后重新送审。", f"{version.table}: returned; mend it and submit again."),
        "blocked": Text(f"{version.table}绩效目标表审核未通过，不得进入预算。", f"{version.table}: kept out of the budget."),
        "approved": Text(f"{version.table}绩效目标表已批复。", f"{version.table}: approved."),
    }
    if version.state in ends:
        authors = holders(OFFICER, version) | ({circulation.submitted_by_id} if circulation else set())
        if version.state != "returned":  # what comes back is mended beside its opinions
            link = reverse("planning:version", args=[version.pk])
        yield News(
            version.state, ends[version.state], link, frozenset(authors), f"{version.state}:{circulation.pk if circulation else version.pk}"
        )


def _opinion(version: TableVersion, _: TrailRecord) -> Iterable[News]:
    words = Text(f"{version.table}绩效目标表有新的审核意见。", f"{version.table}: a new opinion.")
    yield News("opinion", words, reverse("planning:review", args=[version.pk]), holders([Role.FILLER, *OFFICER], version))


def _message(version: TableVersion, record: TrailRecord) -> Iterable[News]:
    message = Message.objects.filter(pk=record.details.get("message")).first()
    if message is None:
        return
    talkers = Message.objects.filter(version=version, indicator=message.indicator_id).values_list("written_by", flat=True)
    words = Text(f"{version.table}的讨论有新留言。", f"{version.table}: a new message in the discussion.")
    link = reverse("planning:version", args=[version.pk])
    if message.indicator_id:
        link = reverse("planning:indicator", args=[version.table_id, message.indicator_id])
    yield News("message", words, link, frozenset(talkers) | holders(OFFICER, version))


def _adjustment(version: TableVersion, _: TrailRecord) -> Iterable[News]:
    if version.second_person_id:
        words = Text(f"{version.table}的目标调整申请待您确认。", f"{version.table}: an adjustment waits for you as the second person.")
        yield News("to_confirm", words, reverse("planning:review", args=[version.pk]), frozenset({version.second_person_id}))


register_news(
    {
        "planning.submit_table": _of_version(_moved),
        "planning.decide": _of_version(_moved),
        "planning.write_opinion": _of_version(_opinion),
        "planning.adjust_table": _of_version(_adjustment),
        "tasks.write_message": _of_version(_message),
    }
)


def holders(roles: Iterable[Role], version: TableVersion, today: date | None = None) -> frozenset[UUID]:
    """The active accounts that hold one of ``roles`` over the version's table, or over an office of its unit."""
    unit = version.table.unit
    return over(roles, Scope(unit.department_id, unit.pk), Q(office__unit=unit.pk), today=today)


def over(roles: Iterable[Role], scope: Scope, beside: Q | None = None, *, today: date | None = None) -> frozenset[UUID]:
    """The active accounts that hold one of ``roles`` over something of ``scope``: those of whom ``Held.covers`` is true.

    ``beside``: assignments that count as well.
    """
    day = today or timezone.localdate()
    reach = Q(department=None, unit=None, office=None, reporter=None) | (beside or Q(pk__in=[]))
    if scope.department is not None:
        reach |= Q(department=scope.department, unit=None, office=None)
    if scope.unit is not None:
        reach |= Q(unit=scope.unit, office=None)
    if scope.offices:
        reach |= Q(office__in=scope.offices)
    rows = RoleAssignment.objects.filter(reach, Q(until__isnull=True) | Q(until__gt=day), since__lte=day, role__in=[*roles])
    return frozenset(Account.objects.filter(is_active=True, pk__in=rows.values("account")).values_list("pk", flat=True))
