"""上传国库支付表: the file is kept, so that its preview and the import read the same bytes. Nothing is imported yet."""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.models import Unit
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.actions.upload_table import CheckedUpload, checked, kept_source
from zhiheng_web.planning.models import SourceFile
from zhiheng_web.planning.money.projects import unit_for
from zhiheng_web.trail.action import Done, action


def receive_payments(viewer: Viewer, unit: UUID, upload: UploadedFile) -> SourceFile:
    """Check the sheet and keep it. The check reads the file, which may take long, so it comes before the transaction."""
    _home(viewer, unit)
    return keep_payments(viewer, unit, checked(upload))


@action("planning.receive_payments")
def keep_payments(viewer: Viewer, unit: UUID, upload: CheckedUpload) -> Done[SourceFile]:
    """Keep a checked sheet. The same content of the same name is kept once."""
    home = _home(viewer, unit)
    source = kept_source(viewer, home, upload, SourceFile.Kind.PAYMENTS)
    details = {"file": source.name, "size": source.size}
    return Done(source, "planning.SourceFile", str(source.pk), source.name, str(home.department_id), after=source.sha256, details=details)


def _home(viewer: Viewer, unit: UUID) -> Unit:
    home = unit_for(viewer, unit)
    authorise(viewer, "planning.receive_payments", Scope(home.department_id, home.pk))
    return home
