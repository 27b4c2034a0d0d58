"""A simulated WhatsApp Cloud API, for tests and the demo. It listens on the loopback only.

It speaks the published wire format and knows nothing of our own reading of it. In a test:

    with Simulator(Number(webhook=url), pace=AT_ONCE) as sim:
        sim.customer_writes("5511987654321", "Oi!")        # a signed webhook goes to `url`
        sim.customer_writes("5511987654321", kind="voice")
        # … the code under test posts to sim.base_url with the token sim.number().token …
        sim.settle()                                       # everything has been told
        assert sim.ledger.duplicates() == []               # nothing was accepted twice

Faults: `sim.faults.next("cut_after")` for the next send, or a recipient such as 5511999131047,
which is refused with 131047; `faults.FAULTS` lists them all. For exact bytes and times give it a
clock and `is_live=False`, and let `sim.run_due()` or `sim.run_all()` post; `poster=` takes the
webhooks without HTTP. `ledger_file=` keeps accepted sends where a killed test finds them
(`read_ledger`). A person plays the customer at `sim.origin + "/phone"`.
"""

from __future__ import annotations

from console.channels.simulator.faults import FAULTS, Faults
from console.channels.simulator.ledger import Entry, Ledger, duplicates, read_ledger
from console.channels.simulator.people import Customer, Number
from console.channels.simulator.simulator import Simulator, serve
from console.channels.simulator.telling import AT_ONCE, Pace

__all__ = [
    "AT_ONCE",
    "FAULTS",
    "Customer",
    "Entry",
    "Faults",
    "Ledger",
    "Number",
    "Pace",
    "Simulator",
    "duplicates",
    "read_ledger",
    "serve",
]
