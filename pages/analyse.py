"""Analisar: questions in SQL, with the rows and columns one may see."""

from console.ui import analyse

analyse.draw()
