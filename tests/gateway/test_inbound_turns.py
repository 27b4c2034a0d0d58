"""Bodies are worked through some at a time, so that those who write need not wait for all."""

from cloud_bodies import message, with_messages
from console.domain import ids
from console.gateway.inbound import Inbound
from console.gateway.linked import Linked
from console.gateway.webhooks import body_of
from console.store import raw
from wired import Wired


class Wanted:
    """A store that somebody always waits to write to."""

    is_wanted = True

    def __init__(self, store):
        self._store = store

    def __getattr__(self, name):
        return getattr(self._store, name)


def test_twenty_five_bodies_take_three_transactions_and_each_is_told(store, tmp_path):
    with Wired(store, tmp_path) as wired:
        inbound, seen = inbound_of(wired, store, 25)
        assert inbound.step()
        assert seen == [10, 20, 25]
        assert not inbound.step()


def test_whoever_waits_to_write_waits_for_one_body_only(store, tmp_path):
    with Wired(store, tmp_path) as wired:
        inbound, seen = inbound_of(wired, Wanted(store), 4)
        assert inbound.step()
        assert seen == [1, 2, 3, 4]
        assert not inbound.step()


def inbound_of(wired, store, n):
    linked = Linked(wired.centre.loja, "", wired.channel)
    wired.links.linked[wired.centre.loja] = linked
    bodies = [
        body_of(linked, {}, with_messages(message(id=f"wamid.{m}")), ids.now()) for m in range(n)
    ]
    wired.store.write(lambda connection: raw.keep(connection, bodies))
    seen = []
    return Inbound(store, wired.links, lambda: seen.append(len(wired.rows("message")))), seen
