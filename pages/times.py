"""Times: one duration from every side, beside what other products would say."""

from console.ui.figures import times

times.draw()
