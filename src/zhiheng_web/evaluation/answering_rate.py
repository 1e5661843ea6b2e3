"""How often one address may send answers or wrong links: enough for a hall full of phones behind one address, too few for a machine.

Counted in the memory of the process for ten minutes and nowhere else, under a digest of the address: nothing of it is written down.
"""

from __future__ import annotations

import hashlib
from ipaddress import ip_address

from django.core.cache import cache

WINDOW = 600
MOST = {"answer": 400, "wrong": 60}


def within_rate(kind: str, address: str) -> bool:
    """Count one more of ``kind`` (``answer`` or ``wrong``) from an address, and tell whether that is still within bounds."""
    key = f"survey:{kind}:{hashlib.sha256(_network(address).encode()).hexdigest()[:32]}"
    cache.add(key, 0, WINDOW)
    try:
        return cache.incr(key) <= MOST[kind]
    except ValueError:  # it ran out between the two calls
        return True


def _network(address: str) -> str:
    """Of IPv6 the first half, which is what one subscriber has."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return found.exploded[:19] if found.version == 6 else str(found)
