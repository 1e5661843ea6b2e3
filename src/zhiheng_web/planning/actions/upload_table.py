"""上传绩效目标表: a file is kept and its reading begins; nothing is imported yet."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import PurePath
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.models import Unit
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import ImportPreview, SourceFile
from zhiheng_web.planning.preview_reading import at_once, read_in_background, read_preview
from zhiheng_web.secrecy import refuse_marked_file
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text


@action("planning.upload_table")
def upload_table(viewer: Viewer, unit_id: UUID, upload: UploadedFile) -> Done[ImportPreview]:
    """Keep a file for the unit and have it read: at once when it is small, by the worker when it is long."""
    unit = Unit.objects.select_related("department").filter(pk=unit_id).first()
    if unit is None:
        raise absent(Text("该单位", "this unit"))
    authorise(viewer, "planning.upload_table", Scope(unit.department_id, unit.pk))
    source = kept_source(viewer, unit, upload)
    preview = ImportPreview.objects.create(department=unit.department, unit=unit, source=source, created_by=viewer.account)
    if at_once(source.name, source.size):
        transaction.on_commit(partial(read_preview, preview.pk))
    else:
        transaction.on_commit(partial(read_in_background.enqueue, str(preview.pk)))
    details = {"file": source.name, "sha256": source.sha256, "size": source.size}
    return Done(
        preview, "planning.ImportPreview", str(preview.pk), source.name, str(unit.department_id), source.sha256, source.sha256, details
    )


def kept_source(viewer: Viewer, unit: Unit, upload: UploadedFile, kind: str = SourceFile.Kind.TABLE) -> SourceFile:
    """The upload as a source file, after the checks of size and secrecy. The same content of the same name is kept once."""
    name = PurePath(upload.name or "file").name[:200]
    if not upload.size:
        raise Invalid(
            "empty_file",
            Text("文件“{name}”是空的。请选择有内容的文件。", "“{name}” is empty. Choose a file with content.").with_(name=name),
        )
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
    known = SourceFile.objects.filter(department=unit.department, sha256=sha.hexdigest(), name=name, kind=kind).first()
    if known is not None:
        return known
    media_type = (upload.content_type or "")[:100]
    source = SourceFile(
        department=unit.department,
        kind=kind,
        name=name,
        media_type=media_type,
        sha256=sha.hexdigest(),
        size=upload.size,
        uploaded_by=viewer.account,
    )
    source.stored.save(f"{source.pk.hex}{PurePath(name).suffix.lower()[:10]}", upload, save=False)
    source.save()
    return source
