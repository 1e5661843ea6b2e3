"""The form of evidence: files, what kind they are, and what they prove."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile

from zhiheng_web.ledgers.columns import Kind
from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

NOT_ENTERED = frozenset({Kind.ENTRY, Kind.TOPICS, Kind.OFFICE})
NONE_CHOSEN = Text("请先勾选要补证据的记录，再上传。", "Choose the entries first, then upload.")
NO_DAY = Text("日期应写成 2020-06-30。", "Write the day as 2020-06-30.")
NO_KIND = Text("请选择证据种类。", "Choose the kind of evidence.")
FACTS = ("kind", "url", "title", "document", "issuer", "issued_on", "page", "proves")


class EvidenceForm(forms.Form):
    """What is given besides the files. The action says what is wrong with it; :meth:`refused` puts that at its field."""

    kind = forms.CharField(max_length=40)
    url = forms.CharField(max_length=600, required=False)
    title = forms.CharField(max_length=400, required=False)
    document = forms.CharField(max_length=400, required=False)
    issuer = forms.CharField(max_length=400, required=False)
    issued_on = forms.DateField(required=False)
    page = forms.CharField(max_length=40, required=False)
    proves = forms.CharField(max_length=40, required=False)

    def __init__(
        self, definition: RegisterDefinition, data: Any = None, files: Any = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, files, initial=initial)
        self.definition = definition
        self.fields["kind"].error_messages["required"] = str(NO_KIND)
        self.fields["issued_on"].error_messages["invalid"] = str(NO_DAY)

    @property
    def kinds(self) -> Sequence[Any]:
        """The kinds of evidence of the register."""
        return self.definition.evidence

    @property
    def columns(self) -> Sequence[Any]:
        """What can be proved."""
        return [column for column in self.definition.shown if column.kind not in NOT_ENTERED]

    @property
    def takes_addresses(self) -> bool:
        """Whether an address may stand for a file in any kind."""
        return any(kind.address for kind in self.definition.evidence)

    @property
    def files_given(self) -> list[UploadedFile]:
        """The files, in the order chosen."""
        return list(self.files.getlist("file")) if self.files else []

    @property
    def facts(self) -> dict[str, Any]:
        """What the action asks for."""
        return {name: self.cleaned_data[name] for name in FACTS}

    @staticmethod
    def entries(chosen: Sequence[str]) -> list[UUID]:
        """The chosen entries; Invalid if there are none."""
        try:
            found = [UUID(one) for one in chosen]
        except ValueError:
            found = []
        if not found:
            raise Invalid("entries", NONE_CHOSEN, {"entries": NONE_CHOSEN})
        return found

    def refused(self, refusal: Invalid) -> None:
        """Put what the action refused at its field."""
        for name, text in (refusal.fields or {"file": refusal.text}).items():
            self.add_error(name if name in self.fields else None, str(text))
