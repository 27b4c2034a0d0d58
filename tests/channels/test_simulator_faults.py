"""Every fault does what the registry says, on the wire."""

import socket
import threading
import time
from itertools import pairwise

import httpx
import phonenumbers
import pytest

from console.channels.simulator import FAULTS, Pace
from console.channels.simulator.faults import CALLS, NONE, Answer, Faults, Telling, by_suffix
from console.channels.simulator.graph import CATALOGUE
from console.channels.simulator.wire import signature
from simulated import ANA, NUMBER, caller, error, listening, send, text

# Rows of the table of error codes in the channel specification.
CODES = """
131047 131056 4 80007 130429 131057 133016 131048 131064 1 2 131000 131016 0 3 10 190 200 131005
131031 131037 131042 131045 133010 368 100 131008 131009 131021 131026 131030 131049 131050 131051
131053 131062 132000 132001 132005 132007 132012 132015 132016 130472 130497 135000 137000 131052
"""


def phone_of(key):
    """A recipient that provokes a fault."""
    return f"55119{FAULTS[key].suffix}"


@pytest.fixture(scope="module")
def shared():
    with listening() as (sim, box, api):
        for fault in FAULTS.values():
            sim.know(f"55119{fault.suffix}", sim._clock())
        yield sim, box, api


def told(shared, key):
    """What is told of one message that is sent with a fault, in the order it is posted."""
    sim, box, api = shared
    box.got.clear()
    answer = send(api, text(phone_of(key), biz_opaque_callback_data=key))
    sim.run_all()
    return answer, [item["status"] for item in box.items("statuses")]


def accepted(sim, key):
    return len(sim.ledger.of(key))


def test_every_code_of_the_catalogue_can_be_provoked():
    assert set(map(int, CODES.split())) <= set(CATALOGUE)
    assert {f"refuse_{code}" for code in CATALOGUE} <= set(FAULTS)
    assert {f"fail_{code}" for code in CATALOGUE} <= set(FAULTS)


def test_every_fault_has_a_suffix_of_its_own_that_is_a_mobile_number():
    suffixes = [fault.suffix for fault in FAULTS.values()]
    assert len(set(suffixes)) == len(suffixes)
    assert {len(suffix) for suffix in suffixes} == {8}
    numbers = [phonenumbers.parse(f"+{phone_of(key)}") for key in FAULTS]
    assert all(phonenumbers.is_valid_number(number) for number in numbers)
    assert all(by_suffix(phone_of(key)) is fault for key, fault in FAULTS.items())


def test_every_fault_says_in_three_languages_what_happens():
    for fault in FAULTS.values():
        assert all((fault.words.pt, fault.words.en, fault.words.es))


def test_every_answer_and_telling_is_in_the_registry():
    assert {fault.answer for fault in FAULTS.values()} == set(Answer)
    assert {fault.telling for fault in FAULTS.values()} == set(Telling)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_code_is_refused_at_once(shared, code):
    answer, statuses = told(shared, f"refuse_{code}")
    assert error(answer)[:2] == (CATALOGUE[code].http, code)
    assert (statuses, accepted(shared[0], f"refuse_{code}")) == ([], 0)
    assert answer.json()["error"].get("is_transient", False) == CATALOGUE[code].is_transient


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_code_fails_later(shared, code):
    answer, statuses = told(shared, f"fail_{code}")
    assert (answer.status_code, statuses) == (200, ["sent", "failed"])
    assert shared[1].items("statuses")[1]["errors"][0]["code"] == code


@pytest.mark.parametrize(
    ("key", "http", "code"), [("graph_503", 503, 2), ("graph_429", 429, 130429)]
)
def test_a_server_error_with_the_body_of_graph(shared, key, http, code):
    answer, statuses = told(shared, key)
    assert (error(answer)[:2], statuses) == ((http, code), [])
    assert accepted(shared[0], key) == 0


@pytest.mark.parametrize(
    ("key", "http", "n"), [("bare_429", 429, 0), ("bare_500", 500, 0), ("bare_502_after", 502, 1)]
)
def test_an_error_without_the_body_of_graph(shared, key, http, n):
    answer, statuses = told(shared, key)
    assert (answer.status_code, answer.headers["content-type"]) == (
        http,
        "text/html; charset=utf-8",
    )
    assert accepted(shared[0], key) == n
    assert statuses == ["sent", "delivered", "read"][: 3 * n]


@pytest.mark.parametrize(
    ("key", "problem", "n"),
    [
        ("cut_before", httpx.RemoteProtocolError, 0),
        ("cut_after", httpx.RemoteProtocolError, 1),
        ("half", httpx.RemoteProtocolError, 1),
        ("hang", httpx.ReadTimeout, 1),
        ("hang_before", httpx.ReadTimeout, 0),
        ("hang_lost", httpx.ReadTimeout, 1),
    ],
)
def test_a_call_without_an_answer(shared, key, problem, n):
    sim, box, _ = shared
    box.got.clear()
    with caller(sim, timeout=0.5) as api, pytest.raises(problem):
        send(api, text(phone_of(key), biz_opaque_callback_data=key))
    sim.run_all()
    assert accepted(sim, key) == n
    is_told = n and FAULTS[key].telling is Telling.NORMAL
    assert len(box.items("statuses")) == (3 if is_told else 0)


def test_a_slow_answer_comes(shared):
    begun = time.monotonic()
    answer, statuses = told(shared, "slow")
    assert (answer.status_code, len(statuses)) == (200, 3)
    assert time.monotonic() - begun >= FAULTS["slow"].seconds


TELLINGS = [
    ("lost", []),
    ("doubled", ["sent", "sent", "delivered", "delivered", "read", "read"]),
    ("reversed", ["read", "delivered", "sent"]),
    ("only_read", ["sent", "read"]),
    ("missigned", ["sent", "delivered", "read"]),
    ("batched", ["sent", "delivered", "read", "sent", "delivered", "read", "sent"]),
]


@pytest.mark.parametrize(("key", "wanted"), TELLINGS)
def test_statuses_go_wrong(shared, key, wanted):
    answer, statuses = told(shared, key)
    assert (answer.status_code, statuses) == (200, wanted)


def test_seven_updates_come_in_one_body(shared):
    told(shared, "batched")
    assert len(shared[1].bodies) == 1


def test_reversed_statuses_keep_their_own_times():
    with listening(pace=Pace((1, 1), (1, 1), (1, 1), 1.0)) as (sim, box, api):
        sim.know(phone_of("reversed"), sim._clock())
        send(api, text(phone_of("reversed")))
        sim.run_all()
        times = [int(item["timestamp"]) for item in box.items("statuses")]
        state = next(iter(sim.world.talks.values())).bubbles[0].status
    assert all(later > earlier for later, earlier in pairwise(times))
    assert state == "read"


def test_a_missigned_body_is_signed_with_another_secret(shared):
    told(shared, "missigned")
    for _, body, headers in shared[1].got:
        assert headers["x-hub-signature-256"] != signature(NUMBER.secret, body)


def test_a_script_orders_the_next_calls():
    with listening() as (sim, _, api):
        sim.customer_writes(ANA, "Oi")
        sim.faults.next("bare_500", 2)
        assert [send(api, text()).status_code for _ in range(3)] == [500, 500, 200]


def test_a_script_orders_for_one_recipient_until_it_is_cleared():
    with listening() as (sim, _, api):
        sim.customer_writes(ANA, "Oi")
        sim.customer_writes("5521998887766", "Oi")
        sim.faults.always("refuse_131026", to=ANA.phone)
        assert [send(api, text(to)).status_code for to in (ANA.phone, "5521998887766")] == [
            400,
            200,
        ]
        sim.faults.clear()
        assert send(api, text()).status_code == 200


def test_what_is_ordered_goes_before_the_suffix():
    faults = Faults()
    faults.next("slow")
    assert faults.take("messages", "5511998000500").key == "slow"
    assert faults.take("messages", "5511998000500").key == "bare_500"
    assert faults.take("upload", "5511998000500") is NONE


def test_a_script_names_known_faults_and_calls():
    with pytest.raises(KeyError):
        Faults().next("earthquake")
    with pytest.raises(ValueError, match="no call 'dance'"):
        Faults().next("slow", on="dance")


def test_every_call_can_go_wrong():
    with listening() as (sim, _, api):
        id = sim.customer_writes(ANA, "Oi")
        seen = {"messaging_product": "whatsapp", "status": "read", "message_id": id}
        png = {"file": ("a.png", b"png", "image/png")}
        form = {"messaging_product": "whatsapp", "type": "image/png"}
        file = api.post(f"{NUMBER.id}/media", data=form, files=png).json()["id"]
        url = api.get(file).json()["url"]
        calls = {
            "messages": lambda: send(api, text()),
            "read": lambda: send(api, seen),
            "upload": lambda: api.post(f"{NUMBER.id}/media", data=form, files=png),
            "media": lambda: api.get(file),
            "download": lambda: api.get(url),
            "number": lambda: api.get(NUMBER.id),
            "templates": lambda: api.get(f"{NUMBER.business}/message_templates"),
        }
        assert set(calls) == set(CALLS)
        for name, call in calls.items():
            sim.faults.next("refuse_190", on=name)
            assert (error(call())[:2], call().status_code) == ((401, 190), 200)


def test_a_call_that_asks_can_be_cut_too():
    with listening() as (sim, _, api):
        sim.faults.next("cut_before", on="number")
        with pytest.raises(httpx.RemoteProtocolError):
            api.get(NUMBER.id)
        assert api.get(NUMBER.id).status_code == 200


@pytest.mark.parametrize(("key", "n"), [("lost", 0), ("doubled", 2), ("missigned", 1), ("slow", 1)])
def test_what_customers_write_can_get_lost_too(key, n):
    with listening() as (sim, box, _):
        sim.faults.next(key, on="inbound", to=ANA.phone)
        sim.customer_writes(ANA, "Oi")
        sim.run_all()
        assert len(box.got) == n
        is_right = [h["x-hub-signature-256"] == signature(NUMBER.secret, b) for _, b, h in box.got]
        assert is_right == [key != "missigned"] * n


def test_ending_does_not_wait_for_calls_that_hang():
    with listening() as (sim, _, _):
        sim.know(phone_of("hang_before"), sim._clock())
        with caller(sim, timeout=30) as api:
            request = api.build_request(
                "POST", f"{NUMBER.id}/messages", json=text(phone_of("hang_before"))
            )
            answers = []
            waiting = threading.Thread(target=lambda: answers.append(api.send(request)))
            waiting.start()
            time.sleep(0.3)
            begun = time.monotonic()
            sim.__exit__(None, None, None)
            waiting.join(5)
    assert time.monotonic() - begun < 5
    assert [answer.status_code for answer in answers] == [503]


def test_a_caller_who_leaves_while_speaking_breaks_nothing():
    with listening() as (sim, _, api):
        host, port = sim.origin.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as line:
            line.sendall(
                f"POST /v23.0/{NUMBER.id}/messages HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                "Content-Length: 100\r\n\r\n{".encode()
            )
        time.sleep(0.2)
        assert api.get(NUMBER.id).status_code == 200
