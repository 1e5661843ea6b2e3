"""The process that gunicorn serves pages with: a connection takes a thread when its request comes, not when it is opened.

Browsers open connections before they need them, and whoever only opens connections costs nothing. gunicorn's own worker of one
thread waits in ``recv`` on each, and its worker of several gives each a thread for five seconds: a handful would stop the service.
"""

from __future__ import annotations

import selectors
from functools import partial

from gunicorn.workers.gthread import TConn, ThreadWorker


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
