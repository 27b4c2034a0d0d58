"""Overview: how much came in and was finished, what waits, and how fast it went."""

from console.ui.figures import overview

overview.draw()
