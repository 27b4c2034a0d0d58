"""The read model, opened for one command and left for the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from console.cli.base import progress, progress_done

if TYPE_CHECKING:
    from console.config import Settings
    from console.readmodel.model import ReadModel
    from console.store.work import Store


@contextmanager
def opened_model(store: Store, given: Settings) -> Iterator[ReadModel]:
    """The read model of CENTRAL_HOME as of now; loaded when no file of it is free."""
    from console.readmodel.model import ReadModel

    progress("Reading the store …")
    model = ReadModel.open(store, given.home / "readmodel", given)
    progress_done()
    try:
        yield model
    finally:
        model.close()
