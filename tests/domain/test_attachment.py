"""What WhatsApp takes, said in words before anything is sent."""

import pytest

from console.domain import file_types
from console.domain.attachment import (
    EMPTY_FILE,
    MB,
    NOT_TAKEN,
    TOO_LARGE,
    WHATSAPP,
    Bound,
    megabytes,
    refusal,
    sent_as,
)


@pytest.mark.parametrize(("kind", "bound"), WHATSAPP.items())
def test_a_file_of_exactly_the_bound_is_taken(kind, bound):
    for mime in bound.mimes:
        assert refusal(kind, mime, bound.most, WHATSAPP) is None
        assert refusal(kind, mime, 0, WHATSAPP) == EMPTY_FILE
        assert refusal(kind, mime, bound.most + 1, WHATSAPP) is not None


def test_a_refusal_names_both_sizes():
    told = refusal("image", "image/jpeg", 6 * MB + MB // 2, WHATSAPP)
    assert told == TOO_LARGE.with_(most=5, size=megabytes(6 * MB + MB // 2))
    assert told.pt.endswith("até 5 MB para este tipo de arquivo, e este tem 6,5 MB.")
    assert told.en.endswith("this one has 6.5 MB.")


def test_a_size_is_never_told_smaller_than_it_is():
    assert megabytes(5 * MB + 1).en == "5.1"
    assert megabytes(5 * MB).pt == "5,0"


@pytest.mark.parametrize(
    ("file_type", "kind"),
    [
        (file_types.JPEG, "image"),
        (file_types.MP4, "video"),
        (file_types.OPUS, "audio"),
        (file_types.PDF, "document"),
        (file_types.WEBP, "document"),
        (file_types.UNKNOWN, "document"),
    ],
)
def test_a_type_makes_the_message_of_its_kind_or_a_document(file_type, kind):
    assert sent_as(file_type, WHATSAPP) == kind


def test_what_is_not_on_the_list_is_not_taken():
    assert refusal("document", "application/zip", 1, WHATSAPP) == NOT_TAKEN
    assert refusal("sticker", "image/webp", 1, WHATSAPP) == NOT_TAKEN


def test_a_bound_without_types_takes_all_of_them():
    assert refusal("document", "application/zip", 1, {"document": Bound((), MB)}) is None
