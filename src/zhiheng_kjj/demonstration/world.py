"""The invented people, firms and universities of the demonstration, the same for the same seed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from zhiheng_web.uscc import made_up

COUNTIES = ("371302", "371311", "371312", "371321", "371322", "371323", "371324", "371325", "371326", "371327", "371328", "371329")
PLACES = ("兰山", "罗庄", "河东", "沂南", "郯城", "沂水", "兰陵", "费县", "平邑", "莒南", "蒙阴", "临沭")
FIRST = ("沂蒙", "蒙山", "沭河", "银雀", "琅琊", "东夷", "智圣", "书圣", "凤凰岭", "汤河", "祊河", "岸堤")
FIELDS = (
    "新材料",
    "精密机械",
    "生物科技",
    "智能装备",
    "节能环保",
    "农业科技",
    "信息技术",
    "医药科技",
    "新能源",
    "食品科技",
    "木业机械",
    "自动化",
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = ("建国", "志强", "海燕", "晓东", "丽华", "文斌", "春梅", "立新", "永胜", "雪梅", "宏伟", "玉兰", "思远", "俊杰", "慧敏", "明轩")
UNIVERSITIES = (
    "青岛科技大学（演示）",
    "山东大学（演示）",
    "山东理工大学（演示）",
    "临沂大学（演示）",
    "山东农业大学（演示）",
    "齐鲁工业大学（演示）",
)
BANKS = ("沂蒙银行（演示）", "蒙山农商行（演示）", "琅琊商业银行（演示）")


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented firm."""

    name: str
    uscc: str
    county: str

    @property
    def words(self) -> str:
        """As a cell names it: its code and name."""
        return f"{self.uscc} {self.name}"


@dataclass(frozen=True, slots=True)
class World:
    """What the scripts of the duties draw from. ``draw`` is the one source of chance."""

    draw: random.Random
    firms: tuple[Firm, ...]
    universities: tuple[Firm, ...]
    banks: tuple[Firm, ...]

    def firm(self, n: int) -> Firm:
        """The n-th firm, round and round."""
        return self.firms[n % len(self.firms)]

    def university(self, n: int) -> Firm:
        """The n-th university, round and round."""
        return self.universities[n % len(self.universities)]

    def person(self, n: int) -> str:
        """The name of the n-th invented person."""
        return SURNAMES[n * 7 % len(SURNAMES)] + GIVEN[n * 5 % len(GIVEN)]

    def day(self, year: int, first: int, last: int) -> date:
        """A day between the first day of one month and the 25th of another."""
        start = date(year, first, 1)
        return start + timedelta(days=self.draw.randrange((date(year, last, 25) - start).days + 1))


def world(seed: int) -> World:
    """The invented world of a seed."""
    draw = random.Random(seed)  # noqa: S311 - invented data, not a secret
    firms = tuple(_firm(draw, n) for n in range(900))
    universities = tuple(Firm(name, made_up(91_000 + n), "") for n, name in enumerate(UNIVERSITIES))
    banks = tuple(Firm(name, made_up(92_000 + n), "371302") for n, name in enumerate(BANKS))
    return World(draw, firms, universities, banks)


def _firm(draw: random.Random, n: int) -> Firm:
    county = draw.choices(range(12), weights=(22, 12, 11, 8, 7, 9, 8, 6, 6, 6, 4, 5))[0]
    name = f"{PLACES[county]}{FIRST[n % 12]}{FIELDS[(n // 12) % 12]}{'' if n < 144 else f'{n // 144}号'}有限公司（演示）"
    return Firm(name, made_up(10_000 + n), COUNTIES[county])
