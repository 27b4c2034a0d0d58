"""What the gate reads in Streamlit's messages: who asked for a rerun, a person or a clock."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from console.ui.wire import CLOCK, is_automatic, stream_id

WALL = f"$$ID-0f3a-{CLOCK}"
BOARD = "$$ID-77aa-board"


def rerun(*, widgets=(), trigger=None, is_auto=False):
    message = BackMsg()
    message.rerun_script.is_auto_rerun = is_auto
    message.rerun_script.query_string = "wall=1"
    for widget_id in widgets:
        message.rerun_script.widget_states.widgets.add(id=widget_id, json_value="3")
    if trigger:
        message.rerun_script.widget_states.widgets.add(id=trigger, json_trigger_value="[]")
    return message.SerializeToString()


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (rerun(is_auto=True), True),
        (rerun(widgets=[WALL, BOARD]), True),
        (rerun(widgets=[WALL, BOARD], trigger=f"{BOARD}__events"), False),
        (rerun(widgets=[BOARD]), False),
        (rerun(widgets=[f"{WALL}-not"]), False),
        (rerun(), False),
        (b"\xff\xff\xff", True),
    ],
)
def test_the_clocks_of_the_board_are_no_sign_of_a_person(frame, expected):
    assert is_automatic(frame) == expected


def test_a_session_id_is_read_where_it_is_announced():
    message = ForwardMsg()
    assert stream_id(message.SerializeToString()) is None
    message.new_session.initialize.session_id = "s1"
    assert stream_id(message.SerializeToString()) == "s1"
    assert stream_id(b"\xff\xff\xff") is None
