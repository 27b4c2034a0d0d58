"""The demo's provider: a simulator that carries the messages of every instance, both ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Final

from console.channels.base import Account, Rejected
from console.channels.cloud import Cloud
from console.channels.simulator import Customer as Writer
from console.channels.simulator import Number, Simulator
from console.config import Settings
from console.demo.voice import Customer
from console.domain.ids import DAY, Instant, now
from console.domain.template import Template
from console.store import accounts, people
from console.store.accounts import Sealed
from console.store.contacts import wrote_since
from console.store.people import Instance
from console.store.people_write import save_keyed
from console.store.templates import save_templates
from console.store.vault import Vault, open_vault
from console.store.work import Connection, Store

CHANNEL: Final = "simulator"
_BUSINESS: Final = "200000000000001"


class Phones:
    """Every instance of a store, linked to one simulator."""

    def __init__(self, store: Store, settings: Settings, port: int = 0) -> None:
        self._store, self._settings = store, settings
        with store.read() as connection:
            self._instances = people.instances(connection, only_active=True)
        self._numbers = {i.id: _number(n, i) for n, i in enumerate(self._instances, 1)}
        self.simulator = Simulator(*self._numbers.values(), port=port)

    def link(self) -> None:
        """Let every instance send through the simulator, and hear from it."""
        vault = open_vault(self._store, self._settings)
        told = {i: self._templates(number) for i, number in self._numbers.items()}
        self._store.write(lambda connection: self._link(connection, vault, told, now()))
        with self._store.read() as connection:
            routes = {i: link.route for i, link in accounts.links(connection).items()}
            known = wrote_since(connection, now() - DAY)
        for instance_id, number in self._numbers.items():
            address = f"{self._settings.origin}/wh/cloud/{routes[instance_id]}"
            self.simulator.connect(address, number.id)
        for instance_id, phone, name, at in known:
            if instance_id in self._numbers:
                writer = Writer(phone, name)
                self.simulator.know(writer, at, self._numbers[instance_id].id)

    def speak(self, instance_id: int, customer: Customer, text: str) -> None:
        """A customer writes to an instance, as far as the provider is concerned."""
        writer = Writer(customer.address.send_value, customer.name)
        self.simulator.customer_writes(writer, text, number=self._numbers[instance_id].id)

    def _link(
        self,
        connection: Connection,
        vault: Vault,
        told: Mapping[int, list[Template]],
        at: Instant,
    ) -> None:
        for instance in self._instances:
            number, more = self._numbers[instance.id], {"channel": CHANNEL}
            save_keyed(connection, "instance", instance.id, instance.key, instance.name, at, more)
            sealed = Sealed(
                vault.seal(number.token),
                (vault.seal(number.secret),),
                vault.seal(number.verify_token),
            )
            values = {
                "provider_name": number.id,
                "base_url": self.simulator.base_url,
                "business": number.business,
            }
            accounts.save_link(connection, instance.id, values, sealed, at)
            save_templates(connection, instance.id, told[instance.id], at)

    def _templates(self, number: Number) -> list[Template]:
        """What the provider would tell of its templates."""
        account = Account(
            number.id,
            self.simulator.base_url,
            number.token,
            business=number.business,
            may_be_local=True,
        )
        with closing(Cloud(account)) as channel:
            found = channel.templates()
        return [] if isinstance(found, Rejected) else found


def _number(position: int, instance: Instance) -> Number:
    return Number(
        id=f"1000000000000{position:02}",
        business=_BUSINESS,
        phone=instance.phone or f"55113003{position:04}",
        name=instance.name,
        tells_bsuids=False,
    )


@contextmanager
def phones(store: Store, settings: Settings) -> Iterator[Phones]:
    """The simulator for as long as a block runs, linked to every instance."""
    made = Phones(store, settings)
    with made.simulator:
        made.link()
        yield made
