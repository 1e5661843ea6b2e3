"""写入导入: the rows of a sheet as entries, in one transaction with one record; judged once more, for the ledger may have changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from zhiheng_web.ledgers.actions.import_entries import begin_reading
from zhiheng_web.ledgers.bulk import each_block
from zhiheng_web.ledgers.entering.preparing import Entering
from zhiheng_web.ledgers.importing.entering import State, entering_for, opened_import
from zhiheng_web.ledgers.importing.judging import Judged, JudgedRow, Outcome, judge, standing_of
from zhiheng_web.ledgers.importing.reading import plan_of, rows_of, sheet_of
from zhiheng_web.ledgers.models import Entry, EntryImport, EntryVersion, Register
from zhiheng_web.ledgers.writing import Draft, write_many
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

POLICY = "ledgers.write_import"
WHAT = Text("写入", "write it")
LONG = 3000
"""Rows beyond which the worker writes, so that nobody waits before a page that does not answer."""
FAULTY = Text(
    "还有 {n} 行有问题，没有写入任何内容。请改正后重新上传，或明确跳过这些行。",
    "{n} rows have faults; nothing was written. Correct them and upload the file again, or leave these rows out expressly.",
)
NO_COLUMNS = Text(
    "列对照还不完整，没有写入任何内容。请先完成列对照。", "The columns are not mapped completely; nothing was written. Map them first."
)
CHANGED = Text(
    "台账在预览之后有变动：预览是新增 {made}、更新 {changed}、相同 {same}、有误 {faulty}，现在是{now}。"
    "没有写入任何内容，已重新核对，请再看一遍。",
    "The ledger changed after the preview (new {made}, changed {changed}, same {same}, faulty {faulty}); now it is {now}. "
    "Nothing was written; look at the new preview.",
)
EARLIER = Text(
    "“{key}”在 {known} 已有更新的登记，不能再以更早的时间写入。没有写入任何内容；请核对服务器时间，或重新导入。",
    "“{key}” has later knowledge, of {known}; nothing earlier is written after it. Nothing was written: check the clock, or import again.",
)
OTHER_ROWS = Text(
    "台账在预览之后有变动：条数相同，但涉及的记录已被他人更新。没有写入任何内容，已重新核对，请再看一遍。",
    "The ledger changed after the preview: as many rows, but records among them were updated by others meanwhile. Nothing was written; "
    "look at the new preview.",
)
NOW = Text("新增 {new}、更新 {changed}、相同 {same}、有误 {faulty}", "new {new}, changed {changed}, same {same}, faulty {faulty}")


@task()
def write_in_background(batch: str, account: str) -> None:
    """The job of the worker: write as the person who asked, with the roles of today; a refusal is kept for the page."""
    held = EntryImport.objects.get(pk=batch)
    asking = Viewer(Account.objects.get(pk=account))
    viewer = viewer_of(Account.objects.get(pk=account), asking.today())
    try:
        write_import(viewer, held.pk)
    except LedgerChanged as changed:
        judge_again(held, changed.text)
    except Refusal as refusal:
        EntryImport.objects.filter(pk=batch, state=State.WRITING).update(
            state=State.READ, refusal_zh=refusal.text.zh, refusal_en=refusal.text.en
        )


def judge_again(batch: EntryImport, why: Text) -> None:
    """Have a sheet judged anew because the ledger is no longer as its preview saw it; the page says why. Nothing was written."""
    going = EntryImport.objects.filter(pk=batch.pk, state__in=(State.READ, State.WRITING))
    if going.update(state=State.WAITING, refusal_zh=why.zh, refusal_en=why.en):
        begin_reading(EntryImport.objects.select_related("source").get(pk=batch.pk))


@action("ledgers.begin_writing")
def begin_writing(viewer: Viewer, batch_id: UUID) -> Done[EntryImport]:
    """Have a long import written by the worker."""
    batch = opened_import(viewer, batch_id, "ledgers.begin_writing", {State.READ}, WHAT)
    _refuse_unanswered(batch)
    batch.state, batch.refusal_zh, batch.refusal_en = State.WRITING, "", ""
    batch.save(update_fields=["state", "refusal_zh", "refusal_en"])
    transaction.on_commit(partial(write_in_background.enqueue, str(batch.pk), str(viewer.account.pk) if viewer.account else ""))
    department = str(batch.register.department_id)
    return Done(batch, "ledgers.EntryImport", str(batch.pk), batch.source.name, department, details={"rows": batch.rows})


@action(POLICY)
def write_import(viewer: Viewer, batch_id: UUID) -> Done[EntryImport]:
    """Write what the preview said, or nothing: new entries and new versions; rows that say what is known change nothing."""
    batch = opened_import(viewer, batch_id, POLICY, {State.READ, State.WRITING}, WHAT)
    _refuse_unanswered(batch)
    Register.objects.select_for_update(no_key=True).get(pk=batch.register_id)  # two imports into one register do not cross
    entering = entering_for(batch)
    written = Written(batch, entering, _instant(batch, viewer.now()), viewer.account)
    file = sheet_of(batch)
    blocks = judge(entering, plan_of(batch, entering), rows_of(batch, file), create=True)
    each_block(blocks, lambda block: written.add(block, lambda old: standing_of(entering, old)))
    written.refuse_difference()
    batch.state, batch.written_at, batch.row = State.WRITTEN, written.at, batch.rows
    batch.save(update_fields=["state", "written_at", "row"])
    details = {"file": batch.source.name, "sha256": batch.source.sha256, "register": batch.register.name_zh, **written.counts()}
    name, department = batch.source.name, str(batch.register.department_id)
    return Done(batch, "ledgers.EntryImport", str(batch.pk), name, department, after=digest_of(written.lines), details=details)


def _refuse_unanswered(batch: EntryImport) -> None:
    if batch.faulty and not batch.choices.get("left_out"):
        raise Refusal("import_faults", FAULTY.with_(n=batch.faulty))
    if not batch.made + batch.changed + batch.same + batch.faulty:
        raise Refusal("import_columns", NO_COLUMNS)


def _instant(batch: EntryImport, now: datetime) -> datetime:
    """The instant of what is written. No two imports of a register share one, so that each can be undone by itself."""
    taken = set(EntryImport.objects.filter(register=batch.register_id, written_at__gte=now).values_list("written_at", flat=True))
    while now in taken:
        now += timedelta(microseconds=1)
    return now


class Written:
    """What has been written of an import so far: its counts and the lines of its digest."""

    def __init__(self, batch: EntryImport, entering: Entering, at: datetime, by: Account | None) -> None:
        self.batch, self.at, self.by = batch, at, by
        self.judged = Judged(entering.definition)
        self.outcomes = dict.fromkeys(Outcome, 0)
        self.lines: list[str] = []

    def add(self, block: list[JudgedRow], standing: Callable[[str], str]) -> None:
        """Write the rows of a block that are new or changed."""
        drafts: list[Draft] = []
        self.judged.add(block)
        self._refuse_earlier([row.known for row in block if row.known is not None and row.outcome is not Outcome.SAME])
        for row in block:
            self.outcomes[row.outcome] += 1
            if row.outcome is Outcome.NEW:
                drafts.append(row.draft)
            elif row.outcome is Outcome.CHANGED:
                drafts.append(replace(row.draft, standing=standing(row.draft.standing)))
        again = [row.draft.entry.pk for row in block if row.outcome is Outcome.NEW and row.draft.entry is not None]
        if again:
            Entry.objects.filter(pk__in=again).update(batch=self.batch)
        change = EntryVersion.Change.IMPORTED
        self.lines += write_many(self.batch.register, drafts, at=self.at, by=self.by, change=change, batch=self.batch)

    def _refuse_earlier(self, known: list[UUID]) -> None:
        """Nothing is written before what is known already: an earlier instant would turn the history round."""
        later = EntryVersion.objects.filter(pk__in=known, known_from__gt=self.at).select_related("entry").first() if known else None
        if later is not None:
            day = timezone.localtime(later.known_from)
            raise Refusal("earlier", EARLIER.with_(key=later.number or later.title, known=f"{day:%Y-%m-%d %H:%M}"))

    def counts(self) -> dict[str, int]:
        """How many rows were new, changed, the same, left out."""
        return {outcome.value: count for outcome, count in self.outcomes.items()}

    def refuse_difference(self) -> None:
        """Refuse the whole import where it is not what the preview said, be it that as many other rows would be written."""
        batch, found = self.batch, self.counts()
        told = {"made": batch.made, "changed": batch.changed, "same": batch.same, "faulty": batch.faulty}
        if tuple(found.values()) != tuple(told.values()):
            raise LedgerChanged("ledger_changed", CHANGED.with_(**told, now=NOW.with_(**found)))
        if self.judged.hexdigest() != batch.judged:
            raise LedgerChanged("ledger_changed", OTHER_ROWS)


class LedgerChanged(Refusal):
    """The register is no longer as the preview saw it: it must be judged again."""
