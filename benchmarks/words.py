"""Words to search for: a rare one, one in the middle, a common one, and one that is nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from console.readmodel.model import ReadModel

_VOCABULARY: Final = """
select v.token, count(*) as n
from vocabulary as v
join posting as p on p.token_id = v.token_id
where length(v.token) >= 4 and regexp_full_match(v.token, '[a-z]+')
group by v.token
order by n, v.token
"""
NOWHERE: Final = "zzyzxqkw"


@dataclass(frozen=True, slots=True)
class Word:
    """A word and how many messages hold it."""

    what: str
    text: str
    n: int


def chosen_words(model: ReadModel) -> list[Word]:
    """Words of different frequency from the messages themselves."""
    with model.cursor(is_limited=False) as cursor:
        found = cursor.execute(_VOCABULARY).fetchall()
    places = {"rare word": 0, "middling word": len(found) // 2, "common word": len(found) - 1}
    words = [Word(what, *found[place]) for what, place in places.items()]
    return [*words, Word("absent word", NOWHERE, 0)]
