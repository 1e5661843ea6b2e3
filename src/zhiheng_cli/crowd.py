"""Many files over all cores, in bounded memory, in order."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

AHEAD = 4
"""Files under way per core: enough to keep every core busy, few enough that results do not pile up."""


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def answers(
    work: Callable[[Item], Answer], items: Iterable[Item], jobs: int, died: Callable[[Item], Answer]
) -> Iterator[Answer]:
    """``work`` of every item, in the order of the items, ``jobs`` at a time; at most AHEAD × jobs are held.

    ``work`` must be importable and its answers small. An item that takes its process down (memory, a fault in a
    compiled library) is answered by ``died``; the others are not lost with it.
    """
    if jobs <= 1:
        yield from map(work, items)
        return
    waiting = iter(items)
    rest: deque[Item] = deque()
    while True:
        with started(jobs, work) as pool:
            under_way: deque[tuple[Item, Future[Answer]]] = deque()
            try:
                while fill(pool, work, under_way, rest, waiting, AHEAD * jobs):
                    answer = under_way[0][1].result()
                    under_way.popleft()
                    yield answer
                return
            except BrokenProcessPool:
                suspects = [item for item, _ in under_way]
        for item in suspects:  # each alone, so that only the one at fault is given up
            yield alone(work, item, died)


def fill(
    pool: ProcessPoolExecutor,
    work: Callable[[Item], Answer],
    under_way: deque[tuple[Item, Future[Answer]]],
    rest: deque[Item],
    waiting: Iterator[Item],
    most: int,
) -> bool:
    """Hand out work until ``most`` items are under way; whether any is."""
    while len(under_way) < most:
        item = rest.popleft() if rest else next(waiting, None)
        if item is None:
            break
        rest.append(item)  # kept until it is handed over: a pool that breaks at this moment loses nothing
        under_way.append((item, pool.submit(work, item)))
        rest.pop()
    return bool(under_way)


def alone(work: Callable[[Item], Answer], item: Item, died: Callable[[Item], Answer]) -> Answer:
    """``work`` of one item in a process of its own."""
    with started(1, work) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return died(item)


def started(jobs: int, work: Callable[..., object]) -> ProcessPoolExecutor:
    """Processes that begin clean: they import once, before they are copied, and inherit no thread."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        function = work.func if isinstance(work, partial) else work
        context.set_forkserver_preload([function.__module__])
    return ProcessPoolExecutor(max_workers=jobs, mp_context=context)
