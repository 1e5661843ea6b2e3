"""Texts that say the same: names and explanations compared without the words that every row may have.

Two texts count as alike only when one has words *more* than the other. Where one word stands *in place of* another
(国家级 for 省级, 学生 for 家长), or where the word added tells two things apart (新增, 及时), they are two things.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz import fuzz
from rapidfuzz.distance import Opcodes
from rapidfuzz.distance.Indel import opcodes

from zhiheng.audit.wording import squeezed

NUMBERING = re.compile(r"^[★☆*]*(?:指标\d{1,2}[:：.．、]?|\d{1,2}[:：.．、])|^[★☆*]+")


def core(text: str, common: Iterable[str]) -> str:
    """The text without punctuation, numbering (指标1：) and common words."""
    bare = squeezed(NUMBERING.sub("", text.strip()))
    for word in sorted(common, key=len, reverse=True):
        bare = bare.replace(word, "")
    return bare


def ratio(first: str, second: str) -> float:
    """How much of two texts is the same, 0 to 100."""
    return fuzz.ratio(first, second)


def changes(first: str, second: str) -> tuple[tuple[str, str], ...]:
    """Where two texts differ: (what the first has, what the second has), in order; one of them may be empty."""
    found: list[tuple[str, str]] = []
    end = (0, 0)
    for step in differing(opcodes(first, second)):
        old, new = first[step[0] : step[1]], second[step[2] : step[3]]
        if found and end == (step[0], step[2]):
            found[-1] = (found[-1][0] + old, found[-1][1] + new)
        else:
            found.append((old, new))
        end = (step[1], step[3])
    return tuple(found)


def differing(steps: Opcodes) -> tuple[tuple[int, int, int, int], ...]:
    """The stretches that are not equal."""
    return tuple((step.src_start, step.src_end, step.dest_start, step.dest_end) for step in steps if step.tag != "equal")


def only_longer(first: str, second: str, contrasts: Iterable[str]) -> bool:
    """The texts differ only by words added here and there, none of them a word of contrast or a number."""
    words = tuple(contrasts)
    small, large = sorted((first, second), key=lambda text: (len(text), text))  # several alignments may be equally good
    for old, new in changes(small, large):
        added = old or new
        if old and new:
            return False
        if any(word in added or added in word for word in words) or re.search(r"\d", added):
            return False
    return True


def contained(small: str, large: str) -> int | None:
    """How many characters ``large`` has besides all those of ``small``, in any order; None if it lacks some."""
    left = Counter(large)
    left.subtract(Counter(small))
    return None if any(count < 0 for count in left.values()) else len(large) - len(small)
