"""Bodies spoiled at one place in several ways, put in another order, or damaged as bytes."""

import copy
import json

NASTY = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10**30,
    1e308,
    "",
    " ",
    "\x00",
    "\ud800",
    "x" * 5_000,
    "\u202e",
    "=1+1",
    "<b>",
    "{{1}}",
    "🙂" * 50,
    [],
    {},
    [[]],
    [{}],
    {"": ""},
    {"id": {}},
    "wamid.A1",
)


def places(value, path=()):
    """Every place in a body."""
    yield path
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from places(inner, (*path, key))


def spoiled(seed, choose):
    given = copy.deepcopy(seed)
    *path, last = choose.choice([place for place in places(given) if place])
    parent = given
    for key in path:
        parent = parent[key]
    match choose.randrange(4):
        case 0:
            del parent[last]
        case 1:
            parent[last] = copy.deepcopy(choose.choice(NASTY))
        case 2:
            parent[last] = [copy.deepcopy(parent[last])]
        case _:
            parent[last] = {"id": copy.deepcopy(parent[last])}
    return given


def shuffled(value, choose):
    """The same JSON with its keys in another order."""
    if isinstance(value, list):
        return [shuffled(inner, choose) for inner in value]
    if not isinstance(value, dict):
        return value
    keys = list(value)
    choose.shuffle(keys)
    return {key: shuffled(value[key], choose) for key in keys}


def damaged(encoded, choose):
    """The same bytes cut, doubled in places or with others put in."""
    at = choose.randrange(len(encoded) + 1)
    match choose.randrange(3):
        case 0:
            return encoded[:at]
        case 1:
            return encoded[:at] + bytes(choose.randrange(256) for _ in range(3)) + encoded[at:]
        case _:
            return encoded[:at] + encoded[at // 2 :]


def encoded(given):
    return json.dumps(given).encode()
