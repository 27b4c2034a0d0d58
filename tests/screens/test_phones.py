"""Phone numbers at home, abroad, and for those who may not read them."""

import pytest

from console.screens.mask import masked_phone
from console.screens.phones import phone_forms


@pytest.mark.parametrize(
    ("digits", "national"),
    [
        ("5511987654321", "(11) 98765-4321"),
        ("551133334444", "(11) 3333-4444"),
        ("351912345678", "912 345 678"),
        ("14155550132", "(415) 555-0132"),
    ],
)
def test_a_number_is_written_as_at_home_and_in_full(digits, national):
    forms = phone_forms(digits)
    assert (forms.national, forms.e164) == (national, f"+{digits}")


@pytest.mark.parametrize("digits", ["999", "0000000000000", ""])
def test_digits_that_no_country_knows_stay(digits):
    assert phone_forms(digits).e164 == f"+{digits}"


def test_a_masked_number_keeps_country_and_area():
    assert masked_phone("+5511987654321") == "+5511•••••••••"
    assert masked_phone("(11) 98765-4321") == "(11) 98•••-••••"
