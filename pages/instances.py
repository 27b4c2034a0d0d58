"""Instances: the numbers and their providers, systems with a token, and what was given up."""

from console.ui import instances

instances.draw()
