"""Live changes: each reader is told what their filter and scope let them see, and no more."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise

import httpx
import pytest

import attached
from build import Centre
from console.actions import Assign, Block, MarkRead, Note, Reply, Resolve
from console.auth import hash_token
from console.domain.agent import Role
from console.store import people, sessions
from console.store.feed import write_feed

PATIENCE_S = 5


class Stream:
    """The events of one open window."""

    def __init__(self, answer):
        self._lines = answer.iter_lines()

    def next(self, wanted=None, patience_s=PATIENCE_S):
        """The next event, or the next of the wanted name: its name and its data."""
        until, name = time.monotonic() + patience_s, None
        for line in self._lines:
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: ") and wanted in {None, name}:
                return name, json.loads(line.removeprefix("data: "))
            if time.monotonic() > until:
                break
        raise AssertionError(f"no event {wanted}")

    def until(self, key, patience_s=PATIENCE_S):
        """The first change that says something under this key."""
        until = time.monotonic() + patience_s
        while time.monotonic() < until:
            _, data = self.next("changed")
            if data.get(key):
                return data[key]
        raise AssertionError(f"nothing about {key}")


@contextmanager
def listening(served, cookie, query="", **headers):
    sent = {"cookie": cookie, **headers}
    with httpx.stream("GET", f"{served.url}/live?{query}", headers=sent, timeout=PATIENCE_S) as got:
        assert got.status_code == 200, got.read()
        yield Stream(got)


@pytest.fixture
def centre(served_store):
    return Centre(served_store, at=time.time_ns() // 1000)


@pytest.fixture(scope="module")
def cookies(served):
    return {role: served.sign_in(f"{role}@loja.example") for role in Role}


def person(centre, role):
    with centre.store.read() as conn:
        return people.acting(conn, people.agent_by_email(conn, f"{role}@loja.example").id)


def line_in(stream, conversation_id):
    """The first line told of a conversation; a window also hears what came just before it."""
    while True:
        for line in stream.until("lines"):
            if line["conversation"] == str(conversation_id):
                return line["item"]


def test_a_new_message_arrives_at_once(served, centre, cookies):
    with listening(served, cookies[Role.SUPERVISOR]) as stream:
        began = time.monotonic()
        made = centre.receive("Cadê meu pedido?", phone=5511911110001, name="Rosa")
        _, data = stream.next("changed")
        assert time.monotonic() - began < PATIENCE_S
    (row,) = data["rows"]
    assert (row["id"], row["name"], row["preview"]) == (str(made), "Rosa", "Cadê meu pedido?")
    (message,) = data["messages"]
    assert message["conversation"] == str(made)
    assert message["item"]["text"] == "Cadê meu pedido?"


def test_a_message_is_told_once(served, centre, cookies):
    made = centre.receive("um", phone=5511911110002)
    with listening(served, cookies[Role.SUPERVISOR]) as stream:
        time.sleep(0.5)
        centre.receive("dois", phone=5511911110002)
        centre.run(Note("terceiro"), made)
        texts = []
        while "terceiro" not in texts:
            texts += [m["item"]["text"] for m in stream.until("messages")]
    assert texts[-2:] == ["dois", "terceiro"]
    assert texts.count("um") <= 1  # a window is told again what was written just before it opened


def test_lines_are_in_the_readers_words(served, centre, cookies):
    made = centre.receive(phone=5511911110003)
    with listening(served, cookies[Role.SUPERVISOR]) as stream:
        centre.run(Resolve(), made)
        line = line_in(stream, made)
    assert (line["tone"], line["text"]) == ("resolve", "Conversa resolvida por Ana")


def test_a_block_is_told_in_the_contacts_conversation(served, centre, cookies):
    made = centre.receive(phone=5511911110004)
    with listening(served, cookies[Role.SUPERVISOR]) as stream:
        centre.run(Block(), centre.contact(made).id)
        centre.run(MarkRead(), made)
        line = line_in(stream, made)
    assert line["tone"] == "block"


def test_a_row_that_leaves_the_filter_is_gone(served, centre, cookies):
    made = centre.receive(phone=5511911110005)
    with listening(served, cookies[Role.SUPERVISOR], "filter=status:pending") as stream:
        centre.run(Resolve(), made)
        while str(made) not in stream.until("gone"):
            continue


def test_counts_come_at_most_once_a_second(served, centre, cookies):
    def talk():
        for i in range(12):
            made = centre.receive(f"mais {i}", phone=5511911110006)
            centre.run(Reply("resposta"), made)

    told = []
    with listening(served, cookies[Role.SUPERVISOR]) as stream, ThreadPoolExecutor() as beside:
        talking = beside.submit(talk)
        while not (talking.done() and told):
            _, data = stream.next("changed")
            if "counts" in data:
                told.append((time.monotonic(), data["counts"]))
        talking.result()
    assert all(later[0] - earlier[0] > 0.7 for earlier, later in pairwise(told))
    figures = {"mine", "pending", "unread", "all", "unassigned", "instances"}
    assert set(told[-1][1]) == figures | {"stopped"}


def test_an_agent_hears_nothing_of_a_colleagues_conversation(served, centre, cookies):
    made = centre.receive("segredo", phone=5511911110007)
    owner = person(centre, Role.SUPERVISOR)
    centre.run(Assign(owner.agent_id), made)
    mine = centre.receive("minha", phone=5511911110008)
    time.sleep(0.5)
    with listening(served, cookies[Role.AGENT], **{"last-event-id": "0"}) as stream:
        centre.run(Reply("resposta em segredo"), made, by=owner)
        centre.receive("minha de novo", phone=5511911110008)
        told = ""
        while "minha de novo" not in told:
            told += json.dumps(stream.next("changed")[1], ensure_ascii=False)
    assert "segredo" not in told
    assert str(mine) in told


def test_an_analyst_reads_no_words_and_no_names(served, centre, cookies):
    with listening(served, cookies[Role.ANALYST]) as stream:
        made = centre.receive("meu CPF é 123", phone=5511911110009, name="Zuleica")
        told = ""
        while str(made) not in told:
            told += json.dumps(stream.next("changed")[1], ensure_ascii=False)
    assert "CPF" not in told
    assert "Zuleica" not in told


def test_a_window_that_comes_back_asks_for_everything(served, cookies):
    with listening(served, cookies[Role.AGENT], **{"last-event-id": "0"}) as stream:
        assert stream.next() == ("refresh", {})


def test_too_much_at_once_is_one_word(served, centre, cookies):
    many = centre.conversations(210)
    time.sleep(1)
    with listening(served, cookies[Role.ADMIN]) as stream:
        centre.run(Resolve(), *many)
        assert stream.next("refresh") == ("refresh", {})


def test_an_ended_session_is_told_and_closed(served, served_store, cookies):
    cookie = served.sign_in("agent@loja.example")
    with listening(served, cookie) as stream:
        time.sleep(0.3)
        id_hash = hash_token(cookie.split("=")[1])
        served_store.write(lambda conn: sessions.kill(conn, id_hash))
        began = time.monotonic()
        assert stream.next("signed-out") == ("signed-out", {})
        assert time.monotonic() - began < 1.5


def test_a_filter_that_cannot_be_read_is_refused_in_words(served, cookies):
    headers = {"cookie": cookies[Role.AGENT]}
    answer = httpx.get(f"{served.url}/live?filter=statos:pending", headers=headers)
    assert answer.status_code == 400
    assert "status" in answer.text


def test_a_person_has_so_many_windows_and_no_more(served, cookies):
    headers = {"cookie": cookies[Role.TEAM_LEAD]}
    with httpx.Client(headers=headers, limits=httpx.Limits(max_connections=20)) as client:
        open_ones = [client.stream("GET", f"{served.url}/live") for _ in range(10)]
        for one in open_ones:
            assert one.__enter__().status_code == 200
        assert client.get(f"{served.url}/live").status_code == 429
        for one in open_ones:
            one.__exit__(None, None, None)


def test_a_message_that_changes_is_told_again(served, centre, cookies):
    talk = centre.receive("vai mudar", phone=5511944440001, name="Rita")
    sent = centre.run(Reply("Oi, Rita"), talk, by=person(centre, Role.SUPERVISOR)).made[talk]
    with listening(served, cookies[Role.SUPERVISOR]) as stream:
        for delivery in ("sent", "read"):
            at = time.time_ns() // 1000
            attached.change_message(centre.store, sent, delivery=delivery, changed_at=at)
            tell(centre, talk, at)
            assert bubble_in(stream, sent, delivery)["delivery"] == delivery


def tell(centre, talk, at):
    centre.store.write(lambda connection: write_feed(connection, "conversation", [talk], at))


def bubble_in(stream, message_id, delivery):
    while True:
        for told in stream.until("messages"):
            item = told["item"]
            if (item["id"], item["delivery"]) == (str(message_id), delivery):
                return item
