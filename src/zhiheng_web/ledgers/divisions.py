"""县区: the counties of a prefecture by their code (GB/T 2260), with the place each has on the tile map.

A department knows its prefecture by the first four digits of its division code. One that has no list here works with the codes themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class County:
    """One county: its code, name, and its tile (``row``, ``column``) as it lies on the map, north above."""

    code: str
    text: Text
    row: int
    column: int


COUNTIES: dict[str, tuple[County, ...]] = {
    "3713": (
        County("371302", Text("兰山区", "Lanshan"), 2, 1),
        County("371311", Text("罗庄区", "Luozhuang"), 3, 1),
        County("371312", Text("河东区", "Hedong"), 2, 2),
        County("371321", Text("沂南县", "Yinan"), 1, 1),
        County("371322", Text("郯城县", "Tancheng"), 4, 2),
        County("371323", Text("沂水县", "Yishui"), 0, 2),
        County("371324", Text("兰陵县", "Lanling"), 3, 0),
        County("371325", Text("费县", "Feixian"), 2, 0),
        County("371326", Text("平邑县", "Pingyi"), 1, 0),
        County("371327", Text("莒南县", "Junan"), 2, 3),
        County("371328", Text("蒙阴县", "Mengyin"), 0, 1),
        County("371329", Text("临沭县", "Linshu"), 3, 2),
    ),
}
"""The first four digits of a prefecture → its counties in the order of the official list."""
_NAMES = {county.code: county.text for counties in COUNTIES.values() for county in counties}


def counties_of(division_code: str) -> tuple[County, ...]:
    """The counties of the prefecture that a department belongs to."""
    return COUNTIES.get(division_code[:4], ())


def county_name(code: str) -> Text:
    """What a county is called; the code itself where no list has it."""
    return _NAMES.get(code, Text(code, code))
