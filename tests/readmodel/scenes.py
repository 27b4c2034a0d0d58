"""Short stories at written local times, each in an instance of its own."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from build import FIRST_PHONE, a_bot
from console import actions
from console.domain.hours import Block
from console.domain.ids import MINUTE
from console.domain.sla import Owner, SlaPolicy, Timetable
from office import Office

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OFFICE_DAY = (Block(9 * 60, 12 * 60), Block(13 * 60, 18 * 60))  # lunch from 12 to 13
OFFICE = Timetable((OFFICE_DAY,) * 5 + ((), ()), "America/Sao_Paulo", "BR-SP")
ALWAYS = Timetable(((Block(0, 24 * 60),),) * 7, "America/Sao_Paulo")


def instant(text):
    """Microseconds of a local time such as `2018-10-10 09:00`, or with an offset behind it."""
    when = datetime.fromisoformat(text)
    when = when if when.tzinfo else when.replace(tzinfo=SAO_PAULO)
    return (when - EPOCH) // timedelta(microseconds=1)


class Scenes(Office):
    """Plays stories: a line is a day, or a time, who, what and to whom."""

    def __init__(self, store):
        super().__init__(store)
        self.who = {"ana": self.ana, "bia": self.bia, "caio": self.caio, "bot": a_bot()}
        self.instances = {}
        self.phones = {}
        self.talks = {}
        self.said = {}
        self.runs = []
        self.day = None

    def play(self, name, story, hours=OFFICE, targets=None):
        """Play a story in an instance with these hours and targets."""
        self.instances[name] = self.instance(name)
        owner = Owner("instance", self.instances[name])
        self.run(actions.SaveHours(owner, hours))
        if targets:
            self.run(actions.SaveSla(owner, SlaPolicy(*targets)))
        for line in filter(None, map(str.strip, story.splitlines())):
            first, *words = line.split()
            if len(words) == 1:
                self.day = date.fromisoformat(words[0])
            else:
                self.at = instant(f"{self.day} {time.fromisoformat(first)}") - MINUTE
                self._happen(name, *words)

    def talk(self, name, customer):
        return self.talks[name, customer]

    def _happen(self, name, who, verb, whom=None, to=None):
        if verb == "writes":
            instance = self.instances[name]
            phone = self.phones.setdefault((name, who), FIRST_PHONE + len(self.phones))
            self.talks[name, who] = self.receive(phone=phone, name=who, instance=instance)
            return
        if verb == "undoes":
            self.undo(self.runs.pop(), by=self.who[who])
            return
        wish = self._wish(verb.removeprefix("all-"), to)
        if verb.startswith("all-"):
            ids = [talk for (scene, _), talk in self.talks.items() if scene == name]
            self.runs.append(self.bulk(wish, *ids, by=self.who[who]).id)
            return
        outcome = self.run(wish, self.talk(name, whom), by=self.who[who])
        assert outcome.problem is None
        self.said[name, who, f"{datetime.fromtimestamp(self.at / 1e6, SAO_PAULO):%H:%M}"] = (
            outcome.made.get(self.talk(name, whom))
        )

    def _wish(self, verb, to):
        match verb:
            case "replies":
                return actions.Reply("Olá")
            case "notes":
                return actions.Note("Ver estoque")
            case "assigns":
                return actions.Assign(self.who[to].agent_id)
            case "unassigns":
                return actions.Assign(None)
            case "resolves":
                return actions.Resolve()
            case "reopens":
                return actions.Reopen()
            case "reads":
                return actions.MarkRead()
        raise AssertionError(verb)
