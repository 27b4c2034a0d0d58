"""Who resolved what: by agent, team, instance or label, under each credit rule."""

from console.ui.figures import resolved

resolved.draw()
