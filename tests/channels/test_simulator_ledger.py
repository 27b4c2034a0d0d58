"""The ledger: what was accepted, also for a process that was killed."""

import json
import os
import signal
import subprocess
import sys

import pytest

from console.channels.simulator import Entry, Ledger, duplicates, read_ledger
from machine import ROOT
from simulated import ANA, listening, send, text

ENTRY = Entry("wamid.SIM1", "1", ANA.phone, "outbox-1", 5, {"type": "text"})


def test_accepted_sends_are_kept_in_order():
    with listening() as (sim, _, api):
        sim.customer_writes(ANA, "Oi")
        for n in range(3):
            send(api, text(biz_opaque_callback_data=f"outbox-{n}"))
    assert [e.correlation for e in sim.ledger.entries] == ["outbox-0", "outbox-1", "outbox-2"]


def test_a_second_send_with_the_same_outbox_id_is_found():
    with listening() as (sim, _, api):
        sim.customer_writes(ANA, "Oi")
        for correlation in ("a", "b", "a"):
            send(api, text(biz_opaque_callback_data=correlation))
        send(api, text())
        send(api, text())
    assert sim.ledger.duplicates() == ["a"]
    assert [entry.correlation for entry in sim.ledger.of("a")] == ["a", "a"]


def test_the_file_has_what_was_answered(tmp_path):
    file = tmp_path / "ledger.jsonl"
    with listening(ledger_file=file) as (sim, _, api):
        sim.customer_writes(ANA, "Oi")
        assert read_ledger(file) == []
        send(api, text(biz_opaque_callback_data="outbox-1"))
        assert read_ledger(file) == sim.ledger.entries
    assert oct(file.stat().st_mode)[-3:] == "600"


def test_it_is_on_the_disk_before_it_is_answered(tmp_path, monkeypatch):
    """The order of the system calls, as seen from the accepting thread."""
    done, sync = [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("fsync"), sync(handle)))
    with listening(ledger_file=tmp_path / "ledger.jsonl") as (sim, _, api):
        sim.customer_writes(ANA, "Oi")
        send(api, text())
        done.append("answered")
    assert done == ["fsync", "answered"]


def test_what_cannot_be_written_down_is_not_accepted(tmp_path):
    with listening(ledger_file=tmp_path / "absent" / "ledger.jsonl") as (sim, box, api):
        sim.customer_writes(ANA, "Oi")
        sim.run_all()
        assert send(api, text()).status_code == 500
        sim.run_all()
        assert (sim.ledger.entries, box.items("statuses")) == ([], [])


def test_half_a_line_at_the_end_was_never_accepted(tmp_path):
    file = tmp_path / "ledger.jsonl"
    Ledger(file).add(ENTRY)
    with file.open("ab") as written:
        written.write(b'{"id":"wamid.SIM2","num')
    assert read_ledger(file) == [ENTRY]
    assert duplicates(read_ledger(file) * 2) == ["outbox-1"]


CODE = """
import sys
from console.channels.simulator import Number, Simulator
from pathlib import Path

sim = Simulator(ledger_file=Path(sys.argv[1]))
sim.know("5511998000001", sim.provider.world.files._start)
with sim:
    print(sim.base_url, flush=True)
    sys.stdin.read()
"""


@pytest.mark.faults
def test_a_killed_simulator_leaves_what_it_accepted(tmp_path):
    """It accepts, hangs, and is killed: another process finds the send."""
    import httpx

    file = tmp_path / "ledger.jsonl"
    command = [sys.executable, "-c", CODE, str(file)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as process:
        url = process.stdout.readline().strip()
        headers = {"authorization": "Bearer SIM-token"}
        body = text("5511998000001", biz_opaque_callback_data="outbox-9")
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{url}/100000000000001/messages", json=body, headers=headers, timeout=1)
        process.send_signal(signal.SIGKILL)
    assert [entry.correlation for entry in read_ledger(file)] == ["outbox-9"]
    assert json.loads(file.read_text())["body"] == body
