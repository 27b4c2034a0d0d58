"""Runs: the ledger of everything that was done in bulk."""

from console.ui import runs

runs.draw()
