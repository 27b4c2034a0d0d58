"""The results of a run as a file: in parts, in the reader's language, as far as they may see."""

import pytest

from console import actions
from console.actions.resolve import ALREADY_RESOLVED
from console.exports import results
from console.exports.comma import BOM
from office import Office


@pytest.fixture
def office(store):
    return Office(store)


def test_a_file_is_the_same_in_parts_of_any_size(office, monkeypatch):
    ids = office.conversations(5)
    office.run(actions.Resolve(), ids[0])
    run = office.found(office.plan(actions.Resolve(), *ids))
    (whole,) = results.results_csv(office.store, run, office.bia)
    refused = f"{ids[0]},refused,{ALREADY_RESOLVED.pt}\r\n"
    waiting = [f"{i},waiting,\r\n" for i in ids[1:]]
    assert whole == "".join([f"{BOM}conversa,resultado,motivo\r\n", refused, *waiting])
    for size in range(1, 8):
        monkeypatch.setattr(results, "_PART", size)
        parts = [*results.results_csv(office.store, run, office.bia)]
        assert "".join(parts) == whole
        assert [part.count("\n") for part in parts[:-1]] == [size] * (len(parts) - 1)


def test_a_run_without_rows_is_a_file_with_a_head(office):
    run = office.found(office.plan(actions.Resolve()))
    assert [*results.results_csv(office.store, run, office.bia)] == [
        f"{BOM}conversa,resultado,motivo\r\n"
    ]


def test_the_reader_s_language_and_scope_are_respected(office):
    ours, foreign = office.conversations(2)
    office.run(actions.AssignTeam(office.team_id), ours, foreign)
    run = office.bulk(actions.Resolve(), ours, foreign, by=office.lia)
    office.run(actions.AssignTeam(None), foreign)
    office.run(actions.SavePreferences(language="es"), by=office.lia)
    (text,) = results.results_csv(office.store, run, office.today(office.lia.agent_id))
    assert text == f"{BOM}conversacion,resultado,motivo\r\n{ours},done,\r\n"
