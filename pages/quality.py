"""Quality: what came back, closed too early, failed, and promises kept."""

from console.ui.figures import quality

quality.draw()
