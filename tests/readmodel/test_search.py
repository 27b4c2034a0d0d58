import json

import pytest

from build import Centre
from console import actions
from console.readmodel import ask, expression, search
from console.readmodel.tree import FilterError
from readmodel.crowd import NOW

FOUND = {
    "Não recebi a encomenda": ("NAO", "não", "encomend", "recebi encomenda", '"a encomenda"'),
    "Ac\u0327a\u0303o e\u0301 já": ("acao", "AÇÃO", '"ação é"'),
    "Straße 日本語 text": ("straße", "日本", "本語"),
    "İstanbul'da bir gün": ("istanbul", '"da bir"'),
    "veja https://loja.example/p?id=7&x=%20": ('"loja.example"', "example/p"),
    "tudo bem 😀👍🏽": ("😀", "👍"),
    "R$ 1.234,56 no pix": ('"1.234,56"', "1234.x or pix"),
    "linha um\nlinha dois": ('"um linha"', "dois um"),
    "x" * 5_000: ("x" * 100, "xxx"),
}
NOT_FOUND = {
    "segunda-feira via sedex": ('"segunda via"', "segundas", "vi"),
    "pao": ("pa", '"pa"', '"ao"'),
}


def found(model, text, who):
    return ask.ids(model, expression.parse(text), who, NOW)


@pytest.mark.parametrize("is_delta", [False, True], ids=["loaded", "arrived later"])
def test_words_are_found_whatever_their_accents_and_case(sqlite_store, opened, is_delta):
    centre = Centre(sqlite_store)
    model = opened(sqlite_store) if is_delta else None
    phones = iter(range(5511900000001, 5511900000100))
    made = {
        text: centre.receive(text, phone=next(phones), name="Cliente")
        for text in (*FOUND, *NOT_FOUND)
    }
    model = model or opened(sqlite_store)
    model.sync()
    for text, queries in FOUND.items():
        for query in queries:
            assert made[text] in found(model, query, centre.ana), (text, query)
    for text, queries in NOT_FOUND.items():
        for query in queries:
            assert made[text] not in found(model, query, centre.ana), (text, query)
    assert model.check() == []


def test_several_words_may_stand_in_different_messages_of_a_conversation(sqlite_store, opened):
    centre = Centre(sqlite_store)
    made = centre.receive("quero trocar")
    centre.run(actions.Reply("qual o tamanho?"), made)
    centre.run(actions.Note("cliente difícil"), made)
    model = opened(sqlite_store)
    assert found(model, "trocar tamanho dificil", centre.ana) == [made]
    assert found(model, '"quero trocar" -boleto', centre.ana) == [made]
    assert found(model, "trocar boleto", centre.ana) == []


def test_names_and_phones_of_contacts_are_searched_too(sqlite_store, opened):
    centre = Centre(sqlite_store)
    made = centre.receive("oi", phone=5511987654321, name="Conceição Araújo")
    model = opened(sqlite_store)
    for query in ("conceicao", '"conceição araújo"', "98765-4321", "4321", "ARAUJO oi"):
        assert found(model, query, centre.ana) == [made], query
    assert found(model, "321", centre.ana) == []


@pytest.mark.parametrize("few", [0, 10_000])
def test_many_hits_are_found_like_few(sqlite_store, opened, monkeypatch, few):
    monkeypatch.setattr(search, "_FEW", few)
    centre = Centre(sqlite_store)
    one, two = centre.conversations(2)
    three = centre.receive("bom dia", phone=5511955554444, name="Oi Maria")
    model = opened(sqlite_store)
    assert sorted(found(model, "oi", centre.ana)) == [one, two, three]
    assert found(model, "oi -5555 cliente", centre.ana) == [two, one]
    assert found(model, '"bom dia" 4444', centre.ana) == [three]


def test_a_phrase_of_words_that_stand_everywhere_is_refused(sqlite_store, opened, monkeypatch):
    centre = Centre(sqlite_store)
    for n in range(3):
        centre.receive("bom dia", phone=5511900000001 + n)
    model = opened(sqlite_store)
    assert len(found(model, '"bom dia"', centre.ana)) == 3
    monkeypatch.setattr(search, "MOST_CANDIDATES", 2)
    with pytest.raises(FilterError):
        found(model, '"bom dia"', centre.ana)
    assert len(found(model, "bom dia", centre.ana)) == 3


def test_a_word_without_anything_to_search_is_refused_and_not_everything(sqlite_store, opened):
    centre = Centre(sqlite_store)
    centre.receive()
    model = opened(sqlite_store)
    for text in ("→", "₂"):
        try:
            tree = expression.parse(text)
        except FilterError:
            continue
        try:
            assert ask.count(model, tree, centre.ana, NOW) == 0
        except FilterError as refused:
            assert refused.text.pt  # noqa: PT017 - both answers are honest


@pytest.mark.pack
def test_every_naughty_text_is_searched_without_harm(pack, sqlite_store, opened):
    centre = Centre(sqlite_store)
    lines = (pack / "naughty" / "blns.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    model = opened(sqlite_store)
    for n, text in enumerate(texts):
        centre.receive(text or " ", phone=5511900000001 + n)
    model.sync()
    for n, text in enumerate(texts):
        try:
            tree = expression.words(text)
            assert ask.count(model, tree, centre.ana, NOW) >= 1, text
        except FilterError:
            continue
        wanted = next(iter(expression.leaves(tree)), None)
        assert wanted is None or expression.parse(expression.to_text(tree)) == tree, n
    assert model.check() == []
