"""What the licence of Evolution API asks to be shown.

Wherever administrators and the documentation meet the channel: the page of the instance, the
settings, the guide.
"""

from __future__ import annotations

from typing import Final

from console.i18n import Text

NOTICE: Final = Text(
    "Este canal usa a Evolution API.",
    "This channel uses Evolution API.",
    "Este canal usa Evolution API.",
)
NOTICE_LINK: Final = "https://github.com/EvolutionAPI/evolution-api"
