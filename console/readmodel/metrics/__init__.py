"""Every metric, in the order people see them.

To add one, add an entry to one of these modules: the composer, the pages, the command line, the
docs and the laws in the tests take it from there.
"""

from __future__ import annotations

from typing import Final

from console.readmodel.metrics.base import Credit, Definition, Form, Metric
from console.readmodel.metrics.peers import PEERS
from console.readmodel.metrics.quality import QUALITY
from console.readmodel.metrics.state import STATES
from console.readmodel.metrics.volume import VOLUME
from console.readmodel.metrics.waiting import WAITING

__all__ = ["METRICS", "METRICS_BY_KEY", "Credit", "Definition", "Form", "Metric"]

METRICS: Final = (*VOLUME, *WAITING, *QUALITY, *STATES, *PEERS)
METRICS_BY_KEY: Final = {metric.key: metric for metric in METRICS}
