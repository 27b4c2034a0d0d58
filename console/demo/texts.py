"""What the messages say: facts of each conversation, and the surface of typed Portuguese."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from console.demo import measures
from console.demo.calendar import ZONE
from console.demo.measures import Random
from console.demo.phrasebook import Phrasebook, Stage, compose
from console.demo.turns import Ints
from console.demo.words import Words, load_words
from console.domain.ids import SECOND

Objects = NDArray[np.object_]
_LONGEST: Final = 1_500
_BRIEF: Final = {Stage.HELLO: 40, Stage.WAIT: 40, Stage.THANKS: 40, Stage.GREET: 110}
_LONGEST_OF: Final = np.array([_BRIEF.get(stage, _LONGEST) for stage in Stage])
_TOLD_FROM: Final = 130  # characters from which customers tell a story
_INFORMAL_FROM: Final = 24  # characters; shorter turns carry no link or emoji
_GREETINGS: Final = ((12, "bom dia"), (18, "boa tarde"), (24, "boa noite"))
EXAMPLE: Final[Mapping[str, str]] = {
    "nome": "Fernanda", "atendente": "Juliana", "produto": "ventilador de coluna", "cor": "branco",
    "pedido": "4821907", "valor": "R$ 389,90", "cidade": "Campo Grande", "rua": "Rua dos Ipês",
    "prazo": "5 dias úteis", "dia": "14/03", "rastreio": "CI482190733BR", "transp": "Rota Sul",
    "nf": "120934", "tam": "40", "loja": "Casa Ipê", "site": "https://casaipe.example",
    "saud": "boa tarde", "Saud": "Boa tarde", "Nome": "Fernanda", "Produto": "Ventilador de coluna",
    "Transp": "Rota Sul",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spoken:
    """Which conversation each message belongs to, its stage and who the customers are."""

    conversation: Ints
    stage: Ints
    topic: Ints  # per conversation
    opened_at: Ints
    first_name: list[str]  # per conversation
    agent_name: list[str]


@cache
def phrasebook() -> Phrasebook:
    """The templates of every message; takes a second the first time."""
    return compose(load_words(), EXAMPLE)


def write_texts(random: Random, words: Words, book: Phrasebook, spoken: Spoken) -> list[str]:
    """One text per message."""
    stage, length = _lengths(random, spoken.stage)
    chosen = book.choose(
        stage, spoken.topic[spoken.conversation], length, random.random(stage.size)
    )
    facts = facts_of(random, words, spoken)
    templates = book.templates[chosen].tolist()
    texts = [t % facts[c] for t, c in zip(templates, spoken.conversation.tolist(), strict=True)]
    _roughen(random, words, stage, spoken, texts, facts)
    return texts


def _lengths(random: Random, stage: Ints) -> tuple[Ints, Ints]:
    """Wanted characters; some customer messages become long complaints or forwards."""
    n = stage.size
    by_customer = stage <= Stage.THANKS
    luck = random.random(n)
    stage = np.where(by_customer & (luck < measures.LONG_SHARE), Stage.LONG, stage)
    is_forward = by_customer & (luck > 1 - measures.FORWARD_SHARE) & (stage > Stage.OPEN)
    stage = np.where(is_forward, Stage.FORWARD, stage)
    is_short = random.random(n) < measures.SHORT_SHARE
    length = np.where(
        is_short,
        measures.lognormal(random, measures.SHORT_LENGTH, n),
        measures.lognormal(random, measures.INFORMAL_LENGTH, n),
    )
    length = np.where(
        stage == Stage.LONG, measures.lognormal(random, measures.LONG_LENGTH, n), length
    )
    length = np.where(
        stage > Stage.FORWARD, measures.lognormal(random, measures.AGENT_LENGTH, n), length
    )
    length = np.minimum(length, _LONGEST_OF[stage])
    stage = np.where((stage <= Stage.DETAIL) & (length >= _TOLD_FROM), Stage.LONG, stage)
    return stage, np.maximum(np.rint(length), 1).astype(np.int64)


def facts_of(random: Random, words: Words, spoken: Spoken) -> list[dict[str, str]]:
    """The slots' values of each conversation: the same order number all through it."""
    n, shop = spoken.topic.size, words.shop
    number = random.integers(1_000_000, 9_999_999, n).tolist()
    cents = np.rint(np.clip(measures.lognormal(random, (240.0, 1.0), n), 19, 9_999)).tolist()

    def pick(values: list[str]) -> list[str]:
        return [values[i] for i in random.integers(0, len(values), n).tolist()]

    return [
        {
            "nome": nome, "atendente": atendente, "produto": produto, "cor": cor, "cidade": cidade,
            "rua": rua, "transp": transp, "tam": tam, "pedido": str(order),
            "valor": _reais(int(value)), "rastreio": f"CI{order * 7 % 10**9:09d}BR",
            "nf": str(order % 899_981 + 10_007), "prazo": f"{order % 8 + 2} dias úteis",
            "loja": shop["name"], "site": shop["site"], "Nome": nome,
            "Produto": produto[0].upper() + produto[1:], "Transp": transp, **moment,
        }
        for nome, atendente, produto, cor, cidade, rua, transp, tam, order, value, moment in zip(
            spoken.first_name, spoken.agent_name, pick(shop["products"]), pick(shop["colours"]),
            pick(shop["cities"]), pick(shop["streets"]), pick(shop["carriers"]),
            pick(shop["sizes"]), number, cents, _moments(spoken.opened_at), strict=True,
        )
    ]  # fmt: skip


def _reais(value: int) -> str:
    whole = f"{value:,}".replace(",", ".")
    return f"R$ {whole},{(0, 90, 99, 50)[value % 4]:02d}"


def _moments(opened_at: Ints) -> list[dict[str, str]]:
    """The greeting of the hour, and a day near the conversation, the same for all of one hour."""
    hours, place = np.unique(opened_at // (3_600 * SECOND), return_inverse=True)
    made = [_moment(hour) for hour in hours.tolist()]
    return [made[i] for i in place.tolist()]


def _moment(hour: int) -> dict[str, str]:
    local = datetime.fromtimestamp(hour * 3_600, ZONE)
    greeting = next(words for hour, words in _GREETINGS if local.hour < hour)
    return {
        "saud": greeting,
        "Saud": greeting.capitalize(),
        "dia": f"{local + timedelta(days=hour % 4):%d/%m}",
    }


def _roughen(
    random: Random,
    words: Words,
    stage: Ints,
    spoken: Spoken,
    texts: list[str],
    facts: list[dict[str, str]],
) -> None:
    """Emoji, links, line breaks, capitals and missing accents, at their measured rates."""
    customer = words.common["customer"]
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    informal = (stage <= Stage.THANKS) & (lengths > _INFORMAL_FROM)
    plain = stage <= Stage.LONG
    luck = random.random((5, stage.size))
    conversations = spoken.conversation
    for i in np.flatnonzero(informal & (luck[0] < measures.LINK)).tolist():
        link = customer["links"][i % len(customer["links"])] % facts[conversations[i]]
        texts[i] += f" {link}"
    for i in np.flatnonzero(informal & (luck[1] < measures.LINE_BREAK)).tolist():
        texts[i] = _broken(texts[i])
    for i in np.flatnonzero(informal & (luck[2] < measures.EMOJI)).tolist():
        texts[i] += f" {customer['emoji'][i % len(customer['emoji'])]}"
    for i in np.flatnonzero(plain & (luck[3] < measures.NO_ACCENTS)).tolist():
        texts[i] = _without_accents(texts[i])
    is_long = stage == Stage.LONG
    for i in np.flatnonzero(is_long & (luck[4] < measures.UPPER_CASE)).tolist():
        texts[i] = texts[i].upper()


def _broken(text: str) -> str:
    for joint in (". ", "! ", "? ", ", "):
        before, found, after = text.partition(joint)
        if found:
            return f"{before}{found.strip()}\n{after}"
    return text.replace(" ", "\n", 1)


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    spread = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in spread if not "\u0300" <= c <= "\u036f"))
