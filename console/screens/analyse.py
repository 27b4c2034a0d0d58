"""The page of SQL for analysts: a statement runs in a thread, and its rows become plain columns."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from typing import Final

from console.actions import AskSql, run
from console.domain.agent import Acting
from console.domain.errors import RuleError
from console.domain.ids import new_id, now
from console.i18n import Text
from console.readmodel import sql
from console.readmodel.model import ReadModel
from console.readmodel.sql import LONGEST, Answer
from console.readmodel.sql.tables import KIND_NAMES, TABLES, Table
from console.store.work import Store

__all__ = ["EXAMPLES", "KIND_NAMES", "LIMITS_S", "LONGEST", "LONGEST_LINK", "Example", "Running"]

log = logging.getLogger(__name__)

MOST_ROWS: Final = 1_000
LIMITS_S: Final = (10, 30, 60)
LONGEST_LINK: Final = 1_500
MOST_REMEMBERED: Final = 20


@dataclass(slots=True)
class Running:
    """A statement at work in a thread of its own, and what has come of it."""

    statement: str
    limit_s: int
    stop: threading.Event = field(default_factory=threading.Event)
    began: float = field(default_factory=time.monotonic)
    answer: Answer | None = None
    refused: RuleError | None = None
    thread: threading.Thread | None = None

    @property
    def is_over(self) -> bool:
        """Whether there is an answer or a refusal."""
        return self.thread is None or not self.thread.is_alive()

    @property
    def elapsed_s(self) -> float:
        """How long it has been at work."""
        return time.monotonic() - self.began

    def wait(self, seconds: float) -> bool:
        """Give it a moment; whether it is over."""
        if self.thread:
            self.thread.join(seconds)
        return self.is_over


def start(store: Store, model: ReadModel, who: Acting, statement: str, limit_s: int) -> Running:
    """Write down that somebody asks, and run the statement. Raises RuleError."""
    wish = AskSql.of(statement)
    run(store, wish, actor=who, at=now(), key=f"analyse:{new_id()}")
    made = Running(statement, limit_s)
    work = threading.Thread(target=_work, args=(made, model, who), name="typed-sql", daemon=True)
    made.thread = work
    work.start()
    return made


def _work(made: Running, model: ReadModel, who: Acting) -> None:
    try:
        made.answer = sql.answer(
            model,
            who,
            made.statement,
            limit_s=made.limit_s,
            most_rows=MOST_ROWS,
            stop=made.stop,
        )
    except RuleError as refused:
        made.refused = refused
    except Exception as error:  # noqa: BLE001 - the page has to hear of it, without its words
        log.error("a typed statement failed: %s", type(error).__name__)  # noqa: TRY400 - the same
        made.refused = RuleError(_FAILED)


_FAILED: Final = Text(
    "Algo deu errado ao consultar. Tente de novo; se continuar, fale com quem administra.",
    "Something went wrong. Try again; if it goes on, speak to your administrator.",
    "Algo salió mal al consultar. Inténtalo de nuevo; si sigue, habla con quien administra.",
)


def tables(who: Acting) -> tuple[Table, ...]:
    """What the schema browser shows; `Table.seen` gives this person's columns."""
    return tuple(table for table in TABLES if table.seen(who))


def remembered(before: list[str], statement: str) -> list[str]:
    """The statements of a session, newest first, each once."""
    return [statement, *(one for one in before if one != statement)][:MOST_REMEMBERED]


def line_and_column(statement: str, at: int) -> tuple[int, int]:
    """Where a character of a statement stands, both counted from 1."""
    before = statement[:at].split("\n")
    return len(before), len(before[-1]) + 1


@dataclass(frozen=True, slots=True)
class Example:
    """A question to begin with."""

    title: Text
    statement: str


EXAMPLES: Final = (
    Example(
        Text(
            "Conversas abertas por dia, nos últimos 30 dias",
            "Conversations opened a day, last 30 days",
            "Conversaciones abiertas por día, últimos 30 días",
        ),
        """\
select
  date_trunc('day', opened_at)::date as dia,
  count(*) as conversas
from conversation
where opened_at >= now() - interval '30 days'
group by all
order by dia""",
    ),
    Example(
        Text(
            "Quem tem mais conversas pendentes",
            "Who has most pending conversations",
            "Quién tiene más conversaciones pendientes",
        ),
        """\
select
  coalesce(assignee, 'ninguém') as atendente,
  count(*) as pendentes,
  count(waiting_since_at) as esperando
from conversation
where status = 'pending'
group by all
order by pendentes desc""",
    ),
    Example(
        Text(
            "Primeira resposta por equipe, em minutos",
            "First reply by team, in minutes",
            "Primera respuesta por equipo, en minutos",
        ),
        """\
select
  coalesce(team, 'sem equipe') as equipe,
  count(first_response_s) as respondidos,
  round(median(first_response_s) / 60, 1) as mediana_min,
  round(quantile_cont(first_response_s, 0.9) / 60, 1) as p90_min
from episode
where asked_at >= now() - interval '30 days'
group by all
order by mediana_min desc""",
    ),
    Example(
        Text(
            "Quanto o cliente espera por cada pessoa",
            "How long customers wait for each person",
            "Cuánto espera el cliente por cada persona",
        ),
        """\
select
  replied_by as atendente,
  count(*) as respostas,
  round(avg(reply_s) / 60, 1) as media_min,
  round(median(reply_s) / 60, 1) as mediana_min
from turn
where replied_by is not null and started_at >= now() - interval '30 days'
group by all
order by respostas desc""",
    ),
    Example(
        Text(
            "Em que horas os clientes escrevem",
            "At which hours customers write",
            "A qué horas escriben los clientes",
        ),
        """\
select
  hour(happened_at) as hora,
  count(*) as mensagens
from message
where direction = 'in'
group by all
order by hora""",
    ),
    Example(
        Text(
            "As esperas mais longas agora",
            "The longest waits right now",
            "Las esperas más largas ahora",
        ),
        """\
select
  id,
  instance as instancia,
  assignee as atendente,
  waiting_since_at as espera_desde,
  round(epoch(now() - waiting_since_at) / 3600, 1) as horas
from conversation
where waiting_since_at is not null
order by waiting_since_at
limit 50""",
    ),
    Example(
        Text(
            "Resolvidas por pessoa e por semana",
            "Resolved by person and week",
            "Resueltas por persona y semana",
        ),
        """\
select
  date_trunc('week', resolved_at)::date as semana,
  resolved_by as quem_resolveu,
  count(*) as resolvidas
from episode
where resolved_by is not null
group by all
order by semana, resolvidas desc""",
    ),
    Example(
        Text(
            "Etiquetas e quanto reabrem",
            "Labels, and how often they reopen",
            "Etiquetas y cuánto se reabren",
        ),
        """\
select
  etiqueta,
  count(*) as conversas,
  round(100 * avg((reopened_n > 0)::integer), 1) as reabertas_pct
from (select unnest(labels) as etiqueta, reopened_n from conversation)
group by all
order by conversas desc""",
    ),
)
