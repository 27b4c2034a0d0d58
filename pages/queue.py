"""The queue over time: its state at any past instant, replayed, and why it grew."""

from console.ui.figures import queue

queue.draw()
