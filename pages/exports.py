"""Exports: the files one asked for, and those that are ready to be fetched."""

from console.ui import exports

exports.draw()
