"""Charts from plain lists: ticks people count in, words in their language, no HTML of others."""

import itertools
import json
import math
import re
import tomllib
from datetime import UTC, date, datetime, timedelta, timezone

import plotly.io as pio
import pytest

from console.i18n import LANGUAGES
from console.ui import charts
from console.ui.charts import Series, bars, heat, histogram, lines, said, words
from machine import ROOT

HOSTILE = [
    '<a href="https://evil.example">clique</a>',
    "<b>forte</b> &lt;b&gt; &#60;",
    "<img src=https://evil.example/x.png>",
    "%{x} %{customdata[0]}",
    "$x^2$",
    "pedido #000001",
    "a\u202eb",
]


OWN_MARKS = "<br>|<b>|</b>|<extra></extra>"


def spec(made):
    return json.loads(pio.to_json(made, validate=True))


def hovers(made):
    return [text for trace in spec(made)["data"] for text in trace["hovertext"]]


@pytest.mark.parametrize(
    ("value", "unit", "language", "text"),
    [
        (1234.5, "number", "pt", "1.234,5"),
        (1234.5, "number", "en", "1,234.5"),
        (8100, "seconds", "pt", "2 h 15 min"),
        (42.4, "seconds", "pt", "42 s"),
        (0.125, "share", "pt", "12,5%"),
        (0.125, "share", "en", "12.5%"),
        (1, "share", "es", "100%"),
        (None, "seconds", "pt", "–"),
    ],
)
def test_values_are_written_with_their_unit(value, unit, language, text):
    assert said(value, unit, language) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_names_of_others_are_no_html_and_no_colour(text):
    safe = words(text)
    assert "<" not in safe
    assert "#" not in safe.replace("&#35;", "")
    assert "\u202e" not in safe


@pytest.mark.parametrize("text", HOSTILE)
def test_no_figure_carries_a_name_as_it_came(text):
    series = [Series(text, [1, 2]), Series(text, [3, None])]
    figures = [
        bars([text, text], series, "pt"),
        bars([text, text], series[:1], "pt", is_lying=True),
        lines([text, text], series, "pt"),
        lines([1.0, 2.0], series, "pt", kind="points"),
        heat([text], [text, text], [[1, None]], "pt"),
    ]
    for made in figures:
        drawn = spec(made)
        for one in _texts([drawn["data"], drawn["layout"]["xaxis"], drawn["layout"]["yaxis"]]):
            assert "<" not in re.sub(OWN_MARKS, "", one)
            assert "#000001" not in one


def _texts(node):
    if isinstance(node, dict):
        return [text for value in node.values() for text in _texts(value)]
    if isinstance(node, list):
        return [text for value in node for text in _texts(value)]
    return [node] if isinstance(node, str) else []


def test_equal_names_stay_two_bars_and_a_name_like_a_day_stays_a_name():
    made = spec(bars(["Ana", "Ana", "2026-01"], [Series("", [1, 2, 3])], "pt"))
    assert made["data"][0]["x"] == [0, 1, 2]
    assert made["layout"]["xaxis"]["ticktext"] == ["Ana", "Ana", "2026-01"]


def test_lying_bars_stand_top_down_and_carry_their_values():
    made = spec(bars(["Ana", "Bia"], [Series("", [1200, None])], "pt", is_lying=True))
    assert made["data"][0]["orientation"] == "h"
    assert made["data"][0]["text"] == ["1.200", "–"]
    assert made["layout"]["yaxis"]["autorange"] == "reversed"
    assert made["layout"]["xaxis"]["visible"] is False


def test_a_long_name_is_cut_beside_the_axis_and_whole_on_hover():
    name = "Atendimento ao cliente da loja do centro"
    made = bars([name], [Series("Abertas", [2])], "pt")
    assert spec(made)["layout"]["xaxis"]["ticktext"] == ["Atendimento ao cliente da l…"]
    assert hovers(made) == [f"{name}<br>Abertas: <b>2</b>"]


def test_many_names_are_thinned_along_a_standing_axis():
    made = spec(bars([str(n) for n in range(100)], [Series("", [1] * 100)], "pt"))
    assert len(made["layout"]["xaxis"]["tickvals"]) <= 14
    assert "text" not in made["data"][0]


@pytest.mark.parametrize(
    ("highest", "unit", "ticks"),
    [
        (3, "number", ["0", "1", "2", "3"]),
        (0.9, "number", ["0", "0,2", "0,4", "0,6", "0,8", "1"]),
        (12_345, "number", ["0", "5.000", "10.000", "15.000"]),
        (50, "seconds", ["0 s", "15 s", "30 s", "45 s", "1 min"]),
        (5400, "seconds", ["0 s", "30 min", "1h00", "1h30"]),
        (400_000, "seconds", ["0 s", "1d 0h", "2d 0h", "3d 0h", "4d 0h", "5d 0h"]),
        (0.5, "share", ["0%", "10%", "20%", "30%", "40%", "50%"]),
        (0, "number", ["0"]),
    ],
)
def test_ticks_are_what_people_count_in(highest, unit, ticks):
    made = spec(lines([1.0, 2.0], [Series("", [0, highest])], "pt", unit=unit))
    assert made["layout"]["yaxis"]["ticktext"] == ticks


def test_an_axis_reaches_below_zero_when_a_value_does():
    made = spec(lines([1.0, 2.0], [Series("", [-3, 2])], "pt"))
    assert made["layout"]["yaxis"]["tickvals"] == [-3, -2, -1, 0, 1, 2]


def test_instants_are_drawn_by_their_wall_clock():
    at = datetime(2026, 11, 2, 9, 0, tzinfo=timezone(timedelta(hours=-3)))
    made = lines([at, at + timedelta(hours=1)], [Series("Abertas", [1, 2])], "pt")
    assert spec(made)["data"][0]["x"] == ["2026-11-02T09:00:00", "2026-11-02T10:00:00"]
    assert hovers(made)[0] == "2 de nov. de 2026, 09:00<br>Abertas: <b>1</b>"


@pytest.mark.parametrize(("language", "day"), [("pt", "%d/%m"), ("en", "%m/%d"), ("es", "%d/%m")])
def test_days_along_an_axis_are_written_as_at_home(language, day):
    made = spec(lines([date(2026, 11, 2), date(2026, 11, 3)], [Series("", [1, 2])], language))
    assert [stop["value"] for stop in made["layout"]["xaxis"]["tickformatstops"]][:2] == [day, day]


def test_the_period_before_is_quiet():
    now, before = Series("Agora", [1, 2]), Series("Antes", [2, 1], is_quiet=True)
    one, other = spec(lines([1.0, 2.0], [now, before], "pt", kind="area"))["data"]
    assert one["fill"] == "tozeroy"
    assert other["line"]["dash"] == "dot"
    assert "fill" not in other


def test_points_and_a_single_value_are_marked():
    assert spec(lines([1.0], [Series("", [2])], "pt"))["data"][0]["mode"] == "lines+markers"
    assert spec(lines([1.0, 2.0], [Series("", [2, 3])], "pt", kind="points"))["data"][0][
        "mode"
    ] == ("markers")


def test_a_field_tells_row_column_and_value():
    cells, marks = spec(heat(["seg"], ["9h", "10h"], [[1500, None]], "pt"))["data"]
    assert cells["text"] == [["1.500", ""]]
    assert marks["hovertext"] == ["seg, 9h<br><b>1.500</b>", "seg, 10h<br><b>–</b>"]
    assert (marks["x"], marks["y"]) == ([0, 1], [0, 0])
    assert cells["z"] == [[1500, None]]
    assert (cells["zmin"], cells["zmax"]) == (0, 1500)


def test_values_too_long_for_a_cell_of_a_field_are_told_on_hover_alone():
    cells, marks = spec(heat(["seg"], ["9h"], [[123_456]], "pt"))["data"]
    assert "text" not in cells
    assert marks["hovertext"] == ["seg, 9h<br><b>123.456</b>"]


def test_a_histogram_names_its_spans_and_leaves_the_last_open():
    made = histogram([0, 60, 300], [3, 2, 1], "pt", unit="seconds")
    assert hovers(made) == [
        "de 0 s a 1 min<br><b>3</b>",
        "de 1 min a 5 min<br><b>2</b>",
        "5 min ou mais<br><b>1</b>",
    ]
    assert hovers(histogram([0, 1], [4], "en")) == ["from 0 to 1<br><b>4</b>"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_is_drawn_without_rows(language):
    nothing = [Series("Abertas", [])]
    for made in (
        bars([], nothing, language),
        bars([], [*nothing, *nothing], language, is_stacked=True, is_lying=True),
        lines([], nothing, language),
        heat([], [], [], language),
        histogram([0], [], language),
    ):
        assert spec(made)["layout"]["separators"] == (".," if language != "pt" else ",.")


def test_stacked_bars_share_a_column_and_an_axis():
    made = spec(bars(["Ana"], [Series("a", [2]), Series("b", [3])], "pt", is_stacked=True))
    assert made["layout"]["barmode"] == "relative"
    assert made["layout"]["yaxis"]["tickvals"][-1] == 5
    assert made["layout"]["showlegend"] is True


def test_stacked_bars_below_zero_lie_on_the_other_side():
    series = [Series("a", [2, -3]), Series("b", [-4, -2]), Series("c", [3, None])]
    made = spec(bars(["Ana", "Bia"], series, "pt", is_stacked=True, is_lying=True))
    marks = made["layout"]["xaxis"]["tickvals"]
    assert (marks[0], marks[-1]) == (-6, 6)


def test_stacked_lines_have_an_axis_for_them_all():
    made = spec(lines([1, 2], [Series("a", [2, 2]), Series("b", [3, 4])], "pt", kind="stack"))
    assert {trace["stackgroup"] for trace in made["data"]} == {"one"}
    assert made["layout"]["yaxis"]["tickvals"][-1] == 6


def test_an_upright_line_stands_at_its_instant():
    days = [datetime(2026, 11, n, 15, 30) for n in (1, 2)]  # noqa: DTZ001 - a wall's clock
    made = lines(days, [Series("a", [2, 2])], "pt")
    charts.upright(made, days[1])
    (line,) = spec(made)["layout"]["shapes"]
    assert (line["x0"], line["x1"]) == ("2026-11-02T15:30:00",) * 2


def test_colours_are_marks_that_the_browser_replaces():
    """Streamlit 1.67 puts the theme's colours in for those of its template."""
    made = spec(bars(["Ana"], [Series("a", [2])], "pt"))
    assert made["layout"]["colorway"] == [f"#00000{n}" for n in range(1, 7)]
    assert "color" not in made["data"][0].get("marker", {})


# Severity 1 of Machado, Oliveira and Fernandes (2009); what protan, deutan and tritan people see.
SEEN = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def oklab(colour, seen):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    bare = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    r, g, b = (
        min(1, max(0, sum(a * b for a, b in zip(row, bare, strict=True)))) for row in SEEN[seen]
    )
    cone = (
        0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
        0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
        0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b,
    )
    x, y, z = (value ** (1 / 3) for value in cone)
    return (
        0.2104542553 * x + 0.7936177850 * y - 0.0040720468 * z,
        1.9779984951 * x - 2.4285922050 * y + 0.4505937099 * z,
        0.0259040371 * x + 0.7827717662 * y - 0.8086757660 * z,
    )


def theme(mode):
    return tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"][mode]


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_colours_are_told_apart_by_everybody(mode, seen):
    """The distance of Okabe and Ito's own palette is 7.6."""
    colours = theme(mode)["chartCategoricalColors"]
    assert len(colours) == charts.MOST_SERIES
    for one, other in itertools.combinations(colours, 2):
        assert 100 * math.dist(oklab(one, seen), oklab(other, seen)) >= 10


@pytest.mark.parametrize(("mode", "sign"), [("light", -1), ("dark", 1)])
def test_a_field_s_colours_leave_the_ground_step_by_step(mode, sign):
    scale = theme(mode)["chartSequentialColors"]
    light = [sign * oklab(colour, "all")[0] for colour in scale]
    assert len(scale) == 10
    assert light == sorted(light)


def test_a_day_is_a_place_of_its_own():
    on = datetime(2026, 11, 2, tzinfo=UTC).date()
    assert hovers(lines([on], [Series("", [1])], "en")) == ["Nov 2, 2026<br><b>1</b>"]
