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


@pytest.mark.parametrize("n", [0, 1, 2, 3, 4, 5])
def test_a_file_is_the_same_in_parts_of_any_size(office, monkeypatch, n):
    ids = office.conversations(n)
    office.run(actions.Resolve(), *ids[:1])
    run = office.found(office.plan(actions.Resolve(), *ids))
    (whole,) = results.results_csv(office.store, run, office.bia)
    monkeypatch.setattr(results, "_PART", 2)
    parts = [*results.results_csv(office.store, run, office.bia)]
    assert "".join(parts) == whole
    assert [part.count("\n") for part in parts[:-1]] == [2] * (len(parts) - 1)
    done = [f"{i},waiting,\r\n" for i in ids[1:]]
    refused = [f"{i},refused,{ALREADY_RESOLVED.pt}\r\n" for i in ids[:1]]
    assert whole == "".join([f"{BOM}conversa,resultado,motivo\r\n", *refused, *done])


def test_the_reader_s_language_and_scope_are_respected(office):
    ours, foreign = office.conversations(2)
    office.run(actions.AssignTeam(office.team_id), ours, foreign)
    run = office.bulk(actions.Resolve(), ours, foreign, by=office.lia)
    office.run(actions.AssignTeam(None), foreign)
    office.run(actions.SavePreferences(language="es"), by=office.lia)
    (text,) = results.results_csv(office.store, run, office.today(office.lia.agent_id))
    assert text == f"{BOM}conversacion,resultado,motivo\r\n{ours},done,\r\n"
