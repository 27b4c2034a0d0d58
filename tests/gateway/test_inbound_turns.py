"""Bodies are worked through some at a time, so that those who write need not wait for all."""

from cloud_bodies import message, with_messages
from console.domain import ids
from console.gateway.inbound import Inbound
from console.gateway.linked import Linked
from console.gateway.webhooks import body_of
from console.store import raw
from wired import Wired


def test_twenty_five_bodies_take_three_transactions_and_each_is_told(store, tmp_path):
    with Wired(store, tmp_path) as wired:
        linked = Linked(wired.centre.loja, "", wired.channel)
        wired.links.linked[wired.centre.loja] = linked
        bodies = [
            body_of(linked, {}, with_messages(message(id=f"wamid.{n}")), ids.now())
            for n in range(25)
        ]
        store.write(lambda connection: raw.keep(connection, bodies))
        seen = []
        inbound = Inbound(store, wired.links, lambda: seen.append(len(wired.rows("message"))))
        assert inbound.step()
        assert seen == [10, 20, 25]
        assert not inbound.step()
