"""How pages of figures look; `console.screens.figures` says how to make one."""

from __future__ import annotations

from console.ui.figures.bar import Choice, Offer
from console.ui.figures.page import page

__all__ = ["Choice", "Offer", "page"]
