"""Settings: people, teams, instances, labels, and one's own preferences."""

from console.ui import settings

settings.draw()
