"""Children that carry a bulk run on, forked from a parent that has everything imported.

Reads lines of JSON: address of the store, run, rows of a chunk. Answers each with the process id
of a child, once that is about to begin. A child goes on until the run is over and then waits to
be killed, so that its id stays its own.
"""

import json
import os
import signal
import sys

from console.actions.advance import advance
from console.domain.bulk import RunStatus
from console.domain.ids import now
from console.store.work import open_store


def carry_on(url, run_id, limit):
    store = open_store(url)
    with store.read():
        tell(os.getpid())
    status = RunStatus.RUNNING
    while status is RunStatus.RUNNING:
        status = advance(store, run_id, at=now(), limit=limit).status
    tell("over")
    signal.pause()


def tell(what):
    os.write(sys.stdout.fileno(), f"{what}\n".encode())


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    for line in sys.stdin:
        if os.fork() == 0:
            sys.stdin.close()
            carry_on(*json.loads(line))
