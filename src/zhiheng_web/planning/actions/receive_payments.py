"""上传国库支付表: the file is kept, so that its preview and the import read the same bytes. Nothing is imported yet."""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.actions.upload_table import kept_source
from zhiheng_web.planning.models import SourceFile
from zhiheng_web.planning.projects import unit_for
from zhiheng_web.trail.action import Done, action


@action("planning.receive_payments")
def receive_payments(viewer: Viewer, unit: UUID, upload: UploadedFile) -> Done[SourceFile]:
    """Keep the sheet. The same content of the same name is kept once."""
    home = unit_for(viewer, unit)
    authorise(viewer, "planning.receive_payments", Scope(home.department_id, home.pk))
    source = kept_source(viewer, home, upload, SourceFile.Kind.PAYMENTS)
    details = {"file": source.name, "size": source.size}
    return Done(source, "planning.SourceFile", str(source.pk), source.name, str(home.department_id), after=source.sha256, details=details)
