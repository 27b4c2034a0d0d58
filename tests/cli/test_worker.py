"""`central worker` beside a server that has none."""

import os
import signal
import subprocess
import sys
import time

from build import FIRST_PHONE, Centre
from console.actions import Reply, run
from console.channels.simulator import AT_ONCE, Customer, Number, Simulator
from console.config import Settings
from console.domain import ids
from console.domain.ids import DAY
from console.store import accounts
from console.store.accounts import Sealed
from console.store.people_write import save_keyed
from console.store.vault import open_vault
from machine import ROOT


def test_a_worker_alone_sends_what_waits_and_ends_when_told(sqlite_store, tmp_path):
    centre = Centre(sqlite_store, ids.now() - DAY // 2)
    talk = centre.receive("Oi")
    with Simulator(Number(), pace=AT_ONCE) as sim:
        sim.know(Customer(str(FIRST_PHONE)), ids.now())
        link(sqlite_store, tmp_path, centre.loja, sim)
        wish = Reply("Bom dia!")
        run(sqlite_store, wish, [talk], actor=centre.ana, at=ids.now(), key="k")
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "CENTRAL_HOME": str(tmp_path),
            "CENTRAL_STORE": sqlite_store.url,
        }
        with subprocess.Popen(
            [sys.executable, "-m", "console", "worker"], env=environment, stderr=subprocess.PIPE
        ) as worker:
            until = time.monotonic() + 60
            while not sim.ledger.entries and time.monotonic() < until:
                time.sleep(0.05)
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(60) == 0, worker.stderr.read()
        assert [entry.body["text"]["body"] for entry in sim.ledger.entries] == ["Bom dia!"]


def link(store, home, instance_id, sim):
    vault, number = open_vault(store, Settings(home=home)), sim.number()
    sealed = Sealed(vault.seal(number.token), (vault.seal(number.secret),), "")
    values = {
        "provider_name": number.id,
        "base_url": sim.base_url,
        "business": number.business,
    }

    def unit(connection):
        more = {"channel": "simulator"}
        save_keyed(connection, "instance", instance_id, "loja-1", "Loja 1", ids.now(), more)
        accounts.save_link(connection, instance_id, values, sealed, ids.now())

    store.write(unit)
