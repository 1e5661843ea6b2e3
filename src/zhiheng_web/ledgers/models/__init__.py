"""Rows of the ledgers. Others import them from here."""

from zhiheng_web.ledgers.models.bindings import Binding, BindingValue, Circumstance, CountingBasis, Snapshot, SnapshotEntry
from zhiheng_web.ledgers.models.entries import FOREVER, Entry, EntryLink, EntryVersion, VersionTopic
from zhiheng_web.ledgers.models.evidence import Evidence, EvidenceFile
from zhiheng_web.ledgers.models.importing import ColumnMapping, EntryImport, ImportFault
from zhiheng_web.ledgers.models.papers import LedgerPaper
from zhiheng_web.ledgers.models.registers import AdoptedPack, Register
from zhiheng_web.ledgers.models.subjects import Organisation, Person

__all__ = [
    "FOREVER", "AdoptedPack", "Binding", "BindingValue", "Circumstance", "ColumnMapping", "CountingBasis", "Entry", "EntryImport",
    "EntryLink", "EntryVersion", "Evidence", "EvidenceFile", "ImportFault", "LedgerPaper", "Organisation", "Person", "Register", "Snapshot",
    "SnapshotEntry", "VersionTopic",
]  # fmt: skip
