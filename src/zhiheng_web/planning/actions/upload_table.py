"""上传绩效目标表: a file is kept and its reading begins; nothing is imported yet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.models import Unit
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.importing.preview_reading import at_once, read_in_background, read_preview
from zhiheng_web.planning.models import ImportPreview, SourceFile
from zhiheng_web.secrecy import refuse_marked_file
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class CheckedUpload:
    """An upload that passed the checks of size and secrecy. Only :func:`checked` makes one."""

    file: UploadedFile
    name: str
    sha256: str


def upload_table(viewer: Viewer, unit_id: UUID, upload: UploadedFile) -> ImportPreview:
    """Check a file, keep it for the unit and have it read: at once when it is small, by the worker when it is long.

    The check reads the file, which may take long, so it comes before the transaction: nobody waits for it, nothing is stored yet.
    """
    _unit(viewer, unit_id)
    return keep_upload(viewer, unit_id, checked(upload))


@action("planning.upload_table")
def keep_upload(viewer: Viewer, unit_id: UUID, upload: CheckedUpload) -> Done[ImportPreview]:
    """Keep a checked file for the unit and begin its reading once that is certain."""
    unit = _unit(viewer, unit_id)
    source = kept_source(viewer, unit, upload)
    preview = ImportPreview.objects.create(department=unit.department, unit=unit, source=source, created_by=viewer.account)
    if at_once(source.name, source.size):
        transaction.on_commit(partial(read_preview, preview.pk))
    else:
        transaction.on_commit(partial(read_in_background.enqueue, str(preview.pk)))
    details = {"file": source.name, "sha256": source.sha256, "size": source.size}
    department = str(unit.department_id)
    return Done(preview, "planning.ImportPreview", str(preview.pk), source.name, department, after=source.sha256, details=details)


def _unit(viewer: Viewer, unit_id: UUID) -> Unit:
    unit = Unit.objects.select_related("department").filter(pk=unit_id).first()
    if unit is None:
        raise absent(Text("该单位", "this unit"))
    authorise(viewer, "planning.upload_table", Scope(unit.department_id, unit.pk))
    return unit


def checked(upload: UploadedFile) -> CheckedUpload:
    """The upload after the checks of size and secrecy, else Invalid. Nothing is stored."""
    name = PurePath(upload.name or "file").name[:200]
    if not upload.size:
        text = Text("文件“{name}”是空的。请选择有内容的文件。", "“{name}” is empty. Choose a file with content.")
        raise Invalid("empty_file", text.with_(name=name))
    if upload.size > settings.LARGEST_UPLOAD:
        raise Invalid(
            "too_large",
            Text(
                "文件“{name}”有 {size} MB，超过上限 {limit} MB，未保存。请拆分后再上传。",
                "“{name}” is {size} MB, more than {limit} MB, and was not stored. Split it and upload the parts.",
            ).with_(name=name, size=-(-upload.size // 2**20), limit=settings.LARGEST_UPLOAD // 2**20),
        )
    refuse_marked_file(upload)
    sha = hashlib.sha256()
    for chunk in upload.chunks():
        sha.update(chunk)
    upload.seek(0)
    return CheckedUpload(upload, name, sha.hexdigest())


def kept_source(viewer: Viewer, unit: Unit, upload: CheckedUpload, kind: str = SourceFile.Kind.TABLE) -> SourceFile:
    """A checked upload as a source file. The same content of the same name is kept once."""
    known = SourceFile.objects.filter(department=unit.department, sha256=upload.sha256, name=upload.name, kind=kind).first()
    if known is not None:
        return known
    source = SourceFile(
        department=unit.department,
        kind=kind,
        name=upload.name,
        media_type=(upload.file.content_type or "")[:100],
        sha256=upload.sha256,
        size=upload.file.size,
        uploaded_by=viewer.account,
    )
    source.stored.save(f"{source.pk.hex}{PurePath(upload.name).suffix.lower()[:10]}", upload.file, save=False)
    source.save()
    return source
