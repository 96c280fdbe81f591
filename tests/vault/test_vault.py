import pytest
from pytest_django import DjangoAssertNumQueries

from alongside.vault.actions import copied, destroy_keys, seal
from alongside.vault.errors import SealBroken
from alongside.vault.models import DataKey
from alongside.vault.queries import (
    GONE,
    _unwrapped,
    is_sealed_with,
    keys_at_hand,
    keys_of,
    open_many,
    open_sealed,
)

pytestmark = pytest.mark.django_db


def test_sealed_text_opens_at_its_place() -> None:
    value = seal("We talked about Kraków.", scope="mentorship:a", owner_id=1, about="message:x:body")
    assert value is not None
    assert b"Krak" not in value
    assert open_sealed(value, about="message:x:body") == "We talked about Kraków."


def test_sealed_text_moved_to_another_row_does_not_open() -> None:
    value = seal("private", scope="mentorship:a", owner_id=1, about="message:x:body")
    with pytest.raises(SealBroken):
        open_sealed(value, about="message:y:body")


def test_one_changed_byte_is_noticed() -> None:
    value = seal("private", scope="mentorship:a", owner_id=1, about="message:x:body")
    assert value is not None
    with pytest.raises(SealBroken):
        open_sealed(value[:-1] + bytes([value[-1] ^ 1]), about="message:x:body")


def test_text_of_a_destroyed_key_reads_as_gone_and_others_stay() -> None:
    hers = seal("hers", scope="mentorship:a", owner_id=1, about="message:x:body")
    his = seal("his", scope="mentorship:a", owner_id=2, about="message:y:body")
    destroy_keys(owner_id=1)
    assert open_many([(hers, "message:x:body"), (his, "message:y:body")]) == ["", "his"]


def test_process_that_destroys_keys_drops_those_it_unwrapped() -> None:
    hers = seal("hers", scope="mentorship:a", owner_id=1, about="message:x:body")
    open_sealed(hers, about="message:x:body")
    assert _unwrapped.cache_info().currsize > 0

    destroy_keys(owner_id=1)

    assert _unwrapped.cache_info().currsize == 0


def test_copied_words_stay_those_of_who_wrote_them() -> None:
    value = seal("07700 900123", scope="pair:1", owner_id=7, about="meeting:a:place")

    copy = copied(value, of="meeting:a:place", about="meeting:b:place")

    assert open_sealed(copy, about="meeting:b:place") == "07700 900123"
    assert is_sealed_with(copy, keys_of(7))
    destroy_keys(owner_id=7)
    assert open_sealed(copy, about="meeting:b:place") == GONE
    assert copied(value, of="meeting:a:place", about="meeting:c:place") is None
    assert copied(None, of="meeting:a:place", about="meeting:c:place") is None


def test_one_key_for_an_owner_in_a_scope() -> None:
    for text in ("a", "b"):
        seal(text, scope="mentorship:a", owner_id=1, about="m:1:b")
    seal("c", scope="mentorship:b", owner_id=1, about="m:1:b")
    assert DataKey.objects.count() == 2


def test_opening_many_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    values = [(seal(str(n), scope="s", owner_id=n % 2, about=f"m:{n}:b"), f"m:{n}:b") for n in range(20)]
    with django_assert_num_queries(1):
        assert open_many(values) == [str(n) for n in range(20)]


def test_key_is_looked_up_once_while_keys_are_at_hand(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    value = seal("a", scope="s", owner_id=1, about="m:1:b")
    with django_assert_num_queries(1), keys_at_hand():
        assert [open_sealed(value, about="m:1:b") for _ in range(3)] == ["a", "a", "a"]
    with django_assert_num_queries(1):
        open_sealed(value, about="m:1:b")


def test_destroyed_key_is_not_kept_at_hand() -> None:
    value = seal("a", scope="s", owner_id=1, about="m:1:b")
    with keys_at_hand():
        open_sealed(value, about="m:1:b")
        destroy_keys(owner_id=1)
        assert open_sealed(value, about="m:1:b") == ""
    with keys_at_hand():
        assert open_sealed(value, about="m:1:b") == ""
