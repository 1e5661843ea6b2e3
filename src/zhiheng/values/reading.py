"""One cell as published together with what it is read to mean."""

from __future__ import annotations

from dataclasses import dataclass

from zhiheng.values.value import Value


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a cell and may settle its meaning.

    ``name`` and ``definition`` of the indicator, ``unit`` and ``sign`` from columns of their own (度量单位,
    计算符号), ``nature`` (定量/定性), ``year`` the budget year.
    """

    name: str = ""
    definition: str = ""
    unit: str = ""
    sign: str = ""
    nature: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The text as published, its typed value, and flags: facts about the writing that audit rules use.

    Flags are sorted names of :mod:`zhiheng.values.flags`.
    """

    text: str
    value: Value
    flags: tuple[str, ...] = ()
