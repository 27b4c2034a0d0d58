"""Central: the supervisor console of a WhatsApp customer-service centre.

import console

with console.open() as c:
frame = c.conversations("pending and unread")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.notebook import Console

__all__ = ["open"]


def open(store: str = "", *, email: str = "") -> Console:
    """Open the conversations for a notebook or a script; close it, or use it in a `with` block.

    `store` is an address such as `sqlite:////folder/central.db`; without it CENTRAL_STORE and
    CENTRAL_HOME count. With the `email` of a person the answers hold what that person may see;
    without one, everything: whoever can read the store's file could read it all anyway.
    """
    # Slow imports: every module of the package passes through here, few want all of this.
    from dataclasses import replace

    from console.config import load_settings
    from console.domain.agent import system
    from console.domain.errors import StoreError
    from console.notebook import open_console
    from console.store import people
    from console.store.schema import check_revision
    from console.store.work import open_store

    given = load_settings()
    settings = replace(given, store=store) if store else given
    opened = open_store(settings.store_url)
    check_revision(opened)
    if not email:
        return open_console(opened, settings, system())
    with opened.read() as connection:
        found = people.agent_by_email(connection, email)
        who = people.acting(connection, found.id) if found else None
    if who is None:
        raise StoreError(f"Nobody active has the address {email}.")
    return open_console(opened, settings, who)
