"""What stands in an address is what was asked: value → address → value is identity."""

from datetime import date
from urllib.parse import parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as st

from console.readmodel.period import PRESETS
from console.screens.figures.wanted import NAMES, USUAL, Wanted, from_address, own_days, to_address

DAYS = st.dates(date(1971, 1, 1), date(2100, 1, 1))
PERIODS = st.sampled_from([p.key for p in PRESETS]) | st.builds(
    lambda first, last: Wanted().with_days(first, last).period, DAYS, DAYS
)
WANTED = st.builds(Wanted, PERIODS, **{name: st.text() for name in NAMES if name != "period"})


@given(WANTED)
def test_a_question_of_figures_comes_back_from_its_address(wanted):
    written = urlencode(to_address(wanted), errors="surrogatepass")
    read = dict(parse_qsl(written, keep_blank_values=True, errors="surrogatepass"))
    assert from_address(read) == wanted


@given(st.dictionaries(st.sampled_from([*NAMES, "conversation", "wall"]), st.text()))
def test_an_address_says_the_same_again(address):
    read = from_address(address)
    assert from_address(to_address(read)) == read


@given(DAYS, DAYS)
def test_days_of_one_s_own_are_read_as_they_are_written(first, last):
    assert own_days(USUAL.with_days(first, last).period) == (first, last)


def test_the_usual_question_leaves_the_address_empty():
    assert to_address(USUAL) == {}
