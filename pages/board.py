"""Ao vivo: the queue now, refreshed by itself; on a wall with `?wall=1`."""

from console.ui import board

board.draw()
