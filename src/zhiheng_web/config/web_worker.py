"""The process that gunicorn serves pages with: a connection takes a thread when its request comes, not when it is opened.

Browsers open connections before they need them, and whoever only opens connections costs nothing. gunicorn's own worker of one
thread waits in ``recv`` on each, and its worker of several gives each a thread for five seconds: a handful would stop the service.
"""

from __future__ import annotations

import selectors
import time
from functools import partial

from gunicorn.workers.gthread import TConn, ThreadWorker

LINGER = 0.5
"""Seconds in which a connection that was kept may still bring its next request when the worker ends."""


class WebWorker(ThreadWorker):
    """gunicorn's worker with threads, whose new connections wait where its kept ones wait: in the poller."""

    def enqueue_req(self, conn: TConn) -> None:
        """Give the connection a thread if something has come on it; otherwise wait as long as for the next request of a kept one."""
        if conn.initialized or conn.data_ready:
            super().enqueue_req(conn)
            return
        conn.sock.setblocking(False)
        conn.set_timeout()
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def _cap_keepalive(self, deadline: float) -> None:
        """A worker that ends waits for requests under way, not for connections on which none has come."""
        super()._cap_keepalive(min(deadline, time.monotonic() + LINGER))
        for conn in self.pending_conns:
            conn.timeout = 0.0
        self.murder_pending()
