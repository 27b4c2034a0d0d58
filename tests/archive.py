"""An office whose rows are worth taking away: a customer with everything an analyst never sees."""

from build import Role
from console import actions
from console.domain.ids import HOUR
from office import Office

NAME, PHONE, MAIL, WORDS = SECRETS = (
    "Maria Canário",
    "5511977770001",
    "maria@canario.example",
    "segredo do canário",
)


class Archive(Office):
    """Bia answers Maria's conversation of team Vendas; João's is nobody's; Dora analyses."""

    def __init__(self, store):
        super().__init__(store)
        self.dora = self.agent("Dora", Role.ANALYST)
        self.davi = self.agent("Davi")

    def fill(self):
        self.talk = self.receive(WORDS, int(PHONE), NAME)
        self.run(actions.EditContact(NAME, MAIL), self.contact(self.talk).id)
        self.run(actions.AssignTeam(self.team_id), self.talk)
        self.run(actions.Assign(self.bia.agent_id), self.talk)
        self.run(actions.Label(self.label_id), self.talk)
        self.run(actions.Reply("=1+1"), self.talk, by=self.bia)
        self.run(actions.Resolve(), self.talk, by=self.bia)
        self.at += HOUR
        self.run(actions.Reopen(), self.talk, by=self.caio)
        self.other = self.receive("Oi", name="João")
        return self
