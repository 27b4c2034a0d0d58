import os
from concurrent.futures import ThreadPoolExecutor

from console.domain.ids import IdMaker, id_floor, new_id, node_of, now


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


def test_containers_whose_processes_are_all_number_one_have_nodes_of_their_own():
    nodes = [node_of(f"container-{i}", 1) % 1024 for i in range(3)]
    assert len(set(nodes)) == 3


def test_processes_of_one_host_that_follow_each_other_have_nodes_of_their_own():
    assert len({node_of("host", pid) % 1024 for pid in range(4_000, 4_020)}) == 20


def test_a_forked_process_does_not_go_on_with_the_ids_of_its_parent():
    new_id()
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        os.write(writing, str(new_id.many(5_000)).encode())
        os._exit(0)
    os.close(writing)
    own = new_id.many(5_000)
    with os.fdopen(reading) as told:
        of_child = [int(i) for i in told.read().strip("[]").split(",")]
    os.waitpid(child, 0)
    assert not set(own) & set(of_child)
