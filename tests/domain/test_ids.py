from concurrent.futures import ThreadPoolExecutor

from console.domain.ids import IdMaker, id_floor, now


def test_ids_of_one_maker_rise_strictly_also_past_a_full_millisecond():
    ids = IdMaker(node=7).many(10_000)
    assert ids == sorted(set(ids))


def test_ids_made_in_several_threads_never_meet():
    make = IdMaker(node=7)
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda _: make(), range(5_000)))
    assert len(set(ids)) == 5_000


def test_an_id_has_63_bits_and_lies_above_the_floor_of_its_instant():
    before = now()
    made = IdMaker(node=1023)()
    assert id_floor(before) <= made < 2**63


def test_makers_of_two_nodes_never_make_the_same_id():
    assert not set(IdMaker(node=1).many(5_000)) & set(IdMaker(node=2).many(5_000))
