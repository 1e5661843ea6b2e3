"""A name leads to one address: of two addresses with the same name, links and forms of the first would quietly go to the second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def names(found: URLResolver, space: str = "") -> Iterator[tuple[str, str]]:
    """(name with its space, address) of everything below."""
    for one in found.url_patterns:
        if isinstance(one, URLResolver):
            yield from names(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{space}{one.name}", str(one.pattern)


def test_no_two_addresses_have_one_name() -> None:
    counted = Counter(name for name, _ in set(names(get_resolver())) if not name.startswith("api:"))  # no page leads to the API by name
    assert counted["evaluation:return_report"] == 1
    assert [name for name, number in counted.items() if number > 1] == []
