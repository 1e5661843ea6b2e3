"""A register that somebody declared under the code of a pack's register gives none of the pack's papers, and its pages open."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.ledgers.evidence.scene import entry_of, register_of

from zhiheng_web.demonstration.organisation import Demonstrated


def test_a_declared_register_of_the_same_code_gives_no_papers_of_the_pack(organisation: Demonstrated, signed_in: Any) -> None:
    register = register_of(organisation)  # its code, talent, is that of a register of the bureau's pack; its columns are others
    entry = entry_of(register, "1")
    reader: Client = signed_in("jingban")
    for address in (
        reverse("ledgers:papers", args=[register.pk]),
        reverse("ledgers:register", args=[register.pk]),
        reverse("ledgers:entry", args=[entry.entry_id]),
    ):
        assert reader.get(address).status_code == 200, address
