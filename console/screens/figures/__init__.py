"""What every page of figures is made of.

To make one:

1. `screens/<page>.py` says what it shows: metrics for `cards.cards`, questions for `Asked`.
2. `ui/figures/<page>.py` draws it inside `ui.figures.page`, which reads the address, draws the
   question bar, says how far the data goes, turns refusals into sentences and opens "why this
   number" for whatever was clicked.
3. `pages/<page>.py`, one entry in `ui/frame.py` and one name in `gate/places.py`.

What is refused or too slow speaks for itself inside `ui.figures.apart.apart`. A table whose cells
are figures is a `ui.figures.grid`; what a phone scrolls sideways lies in a container with the key
`look.WIDE`.

`Wanted` is the question as it stands in the address; `Asked` is the same, understood. Everything
is asked through `Asked`, which asks nothing twice under one watermark.
"""
