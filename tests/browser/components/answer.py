"""The component's data, made from a world of the tests."""

import time

from browser.components import backend, sample
from console.domain.attachment import WHATSAPP
from console.ui.components.words import words


def answer(world: backend.World, probe: str, *, language: str, can_write: bool) -> dict:
    """Everything `inbox()` is given."""
    rows = _rows(world)
    return {
        "lang": language,
        "words": words(language),
        "me": {"id": "1", "name": "Renata Moraes", "role": "supervisor", "can_write": can_write},
        "zone": "America/Sao_Paulo",
        "now": int(time.time() * 1000),
        "filters": _filters(world, rows),
        "list": {
            "token": repr((world.active, world.search, world.sort, world.instances)),
            "rows": rows[: world.shown],
            "total": len(rows),
            "more": len(rows) > world.shown,
        },
        **_open(world),
        "agents": sample.agents(),
        "teams": [{"id": "1", "name": "Vendas"}, {"id": "2", "name": "Trocas e devoluções"}],
        "labels": [{"id": i, "name": n, "colour": c} for i, n, c in sample.LABELS],
        "refused": world.refused,
        "live": f"/live/{probe}",
        "notice": None,
        "canned": "/canned",
        "emojis": "/emojis",
        "files": "/attachment",
        "csrf": "the token",
        "limits": {kind: bound._asdict() for kind, bound in WHATSAPP.items()},
    }


FILTERS = {
    "mine": lambda row: row["assignee_id"] == "1",
    "pending": lambda row: row["status"] == "pending",
    "unread": lambda row: row["unread"] > 0,
    "all": lambda row: True,
    "unassigned": lambda row: row["assignee_id"] is None,
}


def _rows(world):
    chosen = FILTERS.get(world.active, FILTERS["all"])
    names = [name for key, name in sample.INSTANCES if key in world.instances]
    rows = [row for row in world.rows if chosen(row) and (not names or row["instance"] in names)]
    found = world.search.casefold()
    rows = [row for row in rows if found in (row["name"] + row["preview"]).casefold()]
    return sorted(rows, key=lambda row: row["at"], reverse=world.sort != "oldest")


def _filters(world, rows):
    def tab(key, label):
        return {"key": key, "label": label, "count": sum(map(FILTERS[key], world.rows))}

    instances = [
        {
            "key": k,
            "name": n,
            "count": sum(row["instance"] == n for row in world.rows),
            "chosen": k in world.instances,
        }
        for k, n in sample.INSTANCES
    ]
    return {
        "tabs": [
            tab("mine", "Minhas"),
            tab("pending", "Pendente"),
            tab("unread", "Não lidas"),
            tab("all", "Todas"),
        ],
        "more": [tab("unassigned", "Não atribuídas")],
        "instances": instances,
        "active": world.active,
        "expression": world.expression,
        "search": world.search,
        "problem": world.problem,
        "sorts": [
            {"key": "newest", "label": "Mais recentes"},
            {"key": "oldest", "label": "Mais antigas"},
            {"key": "waiting", "label": "Maior espera"},
        ],
        "sort": world.sort,
    }


def _open(world):
    if world.selected is None:
        return {"thread": None, "contact": None}
    row = next((row for row in world.rows if row["id"] == world.selected), None)
    if row is None:
        return {
            "thread": {
                "id": world.selected,
                "name": "",
                "version": 0,
                "status": "pending",
                "items": [],
                "older": False,
                "newer": False,
                "focus": None,
                "missing": True,
            },
            "contact": None,
        }
    items = backend.thread_of(world, row["id"])
    depth = len(items) if world.focus else world.depth
    thread = {
        "id": row["id"],
        "name": row["name"],
        "version": row["version"],
        "status": row["status"],
        "items": items[-depth:],
        "older": len(items) > depth,
        "newer": False,
        "focus": world.focus,
        "window": sample.window() if world.has_window else None,
        "missing": False,
    }
    return {"thread": thread, "contact": _contact(world, row)}


def _contact(world, row):
    resolved = {"by": "Luana Prado", "at": row["at"] - sample.DAY, "reopened_n": 2}
    return {
        "id": row["id"],
        "name": row["name"],
        "email": None,
        "assignee_id": row["assignee_id"],
        "team_id": "2",
        "phones": [{"national": "(11) 90000-1234", "e164": "+5511900001234"}],
        "resolved": resolved,
        "last_contact_at": row["at"],
        "blocked": world.blocked,
        "labels": world.contact_labels[row["id"]],
        "instance": row["instance"],
        "opened_at": row["at"] - 9 * sample.DAY,
    }
