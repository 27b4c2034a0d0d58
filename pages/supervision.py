"""Supervision: filter, see everything that matches, act on all of it."""

from console.ui import supervision

supervision.draw()
