"""How far a long job has come: what ``ui/progress.html`` shows, asks again for each second, and can cancel."""

from __future__ import annotations

from dataclasses import dataclass

from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Progress:
    """A job under way or ended. ``total`` None: nobody knows how much there is.

    ``poll_url`` answers with the fragment ``ui/progress.html`` again (context: ``progress``); once the job has ended it says
    so by ``ended``, and ``next_url`` is where its result stands. ``cancel_url`` takes a POST; '' where it cannot be cancelled.
    """

    text: Text
    poll_url: str
    done: int = 0
    total: int | None = None
    cancel_url: str = ""
    next_url: str = ""
    ended: bool = False
    failure: Text | None = None
