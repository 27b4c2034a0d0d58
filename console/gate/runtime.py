"""What one server process holds open: settings, store, read model; filled once at start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.config import Settings, load_settings
from console.readmodel.model import ReadModel
from console.store.work import Store

if TYPE_CHECKING:
    from console.gateway.links import Links


def _nobody() -> None:
    """The work is done by another process."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """The shared parts of a running process; safe to use from every thread."""

    settings: Settings
    store: Store
    model: ReadModel
    wake: Callable[[], None] = _nobody  # tells the worker that there is something to do
    arrived: Callable[[], None] = _nobody  # tells it that a provider has posted
    links: Links | None = None  # None when this process has nothing to do with channels


class NotRunningError(Exception):
    """Something asked for the runtime outside a running server."""


class House:
    """The one holder of the runtime: empty until the server's lifespan fills it."""

    def __init__(self) -> None:
        self._settings: Settings | None = None
        self._runtime: Runtime | None = None
        self.has_worker = True

    @property
    def settings(self) -> Settings:
        """The settings handed over by the launcher, else those of the environment."""
        if self._settings is None:
            self._settings = load_settings()
        return self._settings

    @property
    def is_open(self) -> bool:
        """Whether the runtime is there."""
        return self._runtime is not None

    @property
    def runtime(self) -> Runtime:
        """The open runtime; raises NotRunningError before start and after the end."""
        if self._runtime is None:
            raise NotRunningError
        return self._runtime

    def configure(self, settings: Settings, *, has_worker: bool = True) -> None:
        """Hand over the settings of a launcher, and whether its threads send and carry on."""
        self._settings = settings
        self.has_worker = has_worker

    def move_in(self, runtime: Runtime) -> None:
        """Fill the holder."""
        self._settings = runtime.settings
        self._runtime = runtime

    def move_out(self) -> None:
        """Empty the holder."""
        self._runtime = None


HOUSE: Final = House()
