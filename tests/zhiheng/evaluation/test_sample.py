"""A drawn sample: by hand, by the script that anybody can run, and fair."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiheng.evaluation.sample import SampleError, allocated, digest, drawn, verification

identities = st.lists(st.text("abcdefghij-0123456789", min_size=1, max_size=8), min_size=1, max_size=12, unique=True)


def test_by_hand() -> None:
    """sha256 of "2020\\n甲" etc., worked out with sha256sum: 乙 8…, the order is that of the hexadecimal digits."""
    numbers = {one: hashlib.sha256(b"2020\n" + one.encode("utf-8")).hexdigest() for one in "甲乙丙丁"}
    assert drawn("甲乙丙丁", "2020", 4) == tuple(sorted("甲乙丙丁", key=numbers.__getitem__))
    assert digest(["b", "a"], "2020", 1) == hashlib.sha256(b"2020\n1\na\nb").hexdigest()


def test_golden() -> None:
    """Kept for ever: a draw of years ago is drawn again to the same identities."""
    assert drawn(["a", "b", "c"], "x", 2) == ("a", "b")
    assert digest("abc", "x", 2) == "8360fd45b01891d58ce268d3db05251f58f33dd75eb51362dd6e76309984d3d8"


@given(identities, st.randoms(), st.data())
def test_order_of_the_population_does_not_matter(population: list[str], chance: Random, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(population)))
    mixed = list(population)
    chance.shuffle(mixed)
    assert drawn(mixed, "s", size) == drawn(population, "s", size)
    assert digest(mixed, "s", size) == digest(population, "s", size)


@given(identities, st.data())
def test_a_smaller_sample_is_the_beginning_of_a_larger(population: list[str], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(population)))
    assert drawn(population, "s", size) == drawn(population, "s", len(population))[:size]


@settings(max_examples=15, deadline=None)
@given(identities, st.sampled_from(["2020-11-23 福彩3D 123", 'quote"s', "back\\slash", "{braces}", "'"]), st.data())
def test_the_script_draws_the_same(population: list[str], seed: str, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(population)))
    script = verification(population, seed, size)
    assert len(script.splitlines()) <= 10
    ran = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False, env={"PYTHONIOENCODING": "utf-8"}
    )
    assert ran.returncode == 0, ran.stderr
    assert tuple(line.split()[1] for line in ran.stdout.splitlines()[:size]) == drawn(population, seed, size)


def test_the_script_notices_a_changed_population() -> None:
    script = verification(["a", "b", "c"], "s", 2).replace("'a b c'", "'a b d'")
    assert subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, check=False).returncode == 1


@pytest.mark.parametrize(
    ("population", "seed", "size", "code"),
    [
        (["a"], "s", 2, "size"),
        (["a"], "s", 0, "size"),
        (["a"], "s", -1, "size"),
        ([], "s", 1, "size"),
        (["a", "a"], "s", 1, "repeated"),
        (["a", ""], "s", 1, "identity"),
        (["a b"], "s", 1, "identity"),
        (["a\nb"], "s", 1, "identity"),
        (["a"], "", 1, "seed"),
        (["a"], " s", 1, "seed"),
        (["a"], "s\nt", 1, "seed"),
    ],
)
def test_refused(population: list[str], seed: str, size: int, code: str) -> None:
    with pytest.raises(SampleError) as refused:
        drawn(population, seed, size)
    assert refused.value.code == code
    with pytest.raises(SampleError):
        digest(population, seed, size)


def test_uniform() -> None:
    """Over 6,000 fixed seeds each of the 10 pairs of 5 is drawn about 600 times: chi-squared of 9 degrees below its 99.9 % bound 27.9."""
    counts = dict.fromkeys(combinations("abcde", 2), 0)
    for seed in range(6000):
        counts[tuple(sorted(drawn("abcde", f"seed {seed}", 2)))] += 1  # type: ignore[index]
    assert sum((count - 600) ** 2 / 600 for count in counts.values()) < 27.9


def test_first_place_is_uniform() -> None:
    """The first of 8 over 8,000 seeds: chi-squared of 7 degrees below 24.3."""
    counts = dict.fromkeys("abcdefgh", 0)
    for seed in range(8000):
        counts[drawn("abcdefgh", str(seed), 1)[0]] += 1
    assert sum((count - 1000) ** 2 / 1000 for count in counts.values()) < 24.3


class TestStrata:
    def test_shares_by_hand(self) -> None:
        """10 of 6 甲, 3 乙, 1 丙, size 4: 2.4, 1.2, 0.4 → 2, 1, 0; one is left: the remainders 0.4, 0.2, 0.4, 丙 comes before 甲."""
        strata = {str(n): "甲" if n < 6 else "乙" if n < 9 else "丙" for n in range(10)}
        assert allocated(strata, 4, strata) == {"丙": 1, "乙": 1, "甲": 2}
        chosen = drawn(strata, "s", 4, strata)
        assert sorted(strata[one] for one in chosen) == sorted(["丙", "乙", "甲", "甲"])

    @given(identities, st.data())
    def test_each_group_is_drawn_by_the_same_numbers(self, population: list[str], data: st.DataObject) -> None:
        strata = {one: data.draw(st.sampled_from("xyz")) for one in population}
        size = data.draw(st.integers(1, len(population)))
        chosen = drawn(population, "s", size, strata)
        assert len(chosen) == size
        whole = drawn(population, "s", len(population))
        assert list(chosen) == [one for one in whole if one in chosen]
        for group in "xyz":
            of_group = [one for one in whole if strata[one] == group]
            taken = [one for one in chosen if strata[one] == group]
            assert taken == of_group[: len(taken)]
            assert abs(len(taken) - size * len(of_group) / len(population)) < 1

    def test_no_group(self) -> None:
        with pytest.raises(SampleError) as refused:
            drawn(["a", "b"], "s", 1, {"a": "x"})
        assert refused.value.code == "strata"
