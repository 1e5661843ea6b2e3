"""批量导入台账: a sheet is kept and its reading begins; nothing of it stands in the register yet."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from zhiheng_web.ledgers.entering.opening import entering, opened_register
from zhiheng_web.ledgers.entering.preparing import Entering
from zhiheng_web.ledgers.importing.reading import AT_ONCE, read_import, read_in_background
from zhiheng_web.ledgers.models import EntryImport, Register
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.upload_table import CheckedUpload, checked
from zhiheng_web.planning.models import SourceFile
from zhiheng_web.trail.action import Done, action

POLICY = "ledgers.import_entries"


def import_entries(viewer: Viewer, register_id: UUID, upload: UploadedFile) -> EntryImport:
    """Check a file, keep it and have it read: at once when it is small, by the worker when it is long.

    The check looks for secrecy marks in the whole file and may take long, so it comes before the transaction.
    """
    entering(viewer, opened_register(viewer, register_id), POLICY)
    return keep_sheet(viewer, register_id, checked(upload))


@action(POLICY)
def keep_sheet(viewer: Viewer, register_id: UUID, upload: CheckedUpload) -> Done[EntryImport]:
    """Keep a checked sheet for a register and begin its reading once that is certain."""
    register = opened_register(viewer, register_id)
    how = entering(viewer, register, POLICY)
    source = _source(viewer, register, upload)
    batch = EntryImport.objects.create(
        register=register, source=source, reporter=how.reporter, created_by=viewer.account, created_at=viewer.now()
    )
    begin_reading(batch)
    details = {"file": source.name, "sha256": source.sha256, "size": source.size, "register": register.name_zh, **_of_unit(how)}
    department = str(register.department_id)
    return Done(batch, "ledgers.EntryImport", str(batch.pk), source.name, department, after=source.sha256, details=details)


def begin_reading(batch: EntryImport) -> None:
    """Have the sheet read once this transaction is certain: at once when it is small, else by the worker."""
    if batch.source.size <= AT_ONCE:
        transaction.on_commit(partial(read_import, batch.pk))
    else:
        transaction.on_commit(partial(read_in_background.enqueue, str(batch.pk)))


def _of_unit(how: Entering) -> dict[str, str]:
    return {"reporting_unit": how.reporter.name} if how.reporter is not None else {}


def _source(viewer: Viewer, register: Register, upload: CheckedUpload) -> SourceFile:
    """The file as a source file; the same content of the same name is kept once."""
    kind, department = SourceFile.Kind.LEDGER, register.department
    known = SourceFile.objects.filter(department=department, sha256=upload.sha256, name=upload.name, kind=kind).first()
    if known is not None:
        return known
    source = SourceFile(
        department=department,
        kind=kind,
        name=upload.name,
        media_type=(upload.file.content_type or "")[:100],
        sha256=upload.sha256,
        size=upload.file.size,
        uploaded_by=viewer.account,
    )
    suffix = upload.name[upload.name.rfind(".") :].lower()[:10] if "." in upload.name else ""
    source.stored.save(f"{source.pk.hex}{suffix}", upload.file, save=False)
    source.save()
    return source
