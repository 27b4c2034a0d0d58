"""What a person chose for themselves: language and theme."""

from __future__ import annotations

from sqlalchemy import Connection, update

from console.store.tables import agent


def set_language(connection: Connection, agent_id: int, language: str) -> None:
    """Remember the language of the interface."""
    connection.execute(update(agent).where(agent.c.id == agent_id).values(language=language))


def set_theme(connection: Connection, agent_id: int, theme: str) -> None:
    """Remember `light`, `dark` or `system`."""
    connection.execute(update(agent).where(agent.c.id == agent_id).values(theme=theme))
