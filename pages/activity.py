"""Last activity: waits by age, when contacts write, and who was last active."""

from console.ui.figures import activity

activity.draw()
