"""Which site words name, where a link leads, and what belongs together."""

import pytest

from pushlint.rulebook import domains


@pytest.mark.parametrize(
    ("words", "host"),
    [
        ("www.ovens.example", "www.ovens.example"),
        ("See https://Ovens.example/list?x=1 now", "ovens.example"),
        ("http://user@ovens.example", "ovens.example"),
        ("ovens.com/list", "ovens.com"),
        ("“ovens.co.uk”", "ovens.co.uk"),
        ("ann@ovens.com", "ovens.com"),
        ("bäcker.de", "bäcker.de"),
        ("Booking.com", None),
        ("How ovens.com does it", None),
        ("node.js", None),
        ("notes.md", None),
        ("10.5", None),
        ("e.g. this", None),
        ("here", None),
        ("", None),
    ],
)
def test_what_words_name(words: str, host: str | None) -> None:
    assert domains.named(words) == host


@pytest.mark.parametrize(
    ("target", "host"),
    [
        ("https://www.ovens.example/x#y", "www.ovens.example"),
        ("//ovens.example", "ovens.example"),
        ("ovens.com/list", "ovens.com"),
        ("https://ovens.example:8080", "ovens.example"),
        ("https://shop.example@ovens.example/", "ovens.example"),
        ("mailto:ann@ovens.example?subject=x", "ovens.example"),
        ("{{url}}", None),
        ("https://{{domain}}/x", None),
        ("https://[Company].com", None),
        ("*|URL|*", None),
        ("#top", None),
        ("list.html", None),
        ("tel:+441130000", None),
        ("javascript:void(0)", None),
        ("https://click.ovens.example/r", None),
        ("https://u1.ct.sendgrid.net/ls", None),
        ("", None),
    ],
)
def test_where_a_link_leads(target: str, host: str | None) -> None:
    assert domains.led_to(target) == host


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("ovens.com", "www.ovens.com", True),
        ("shop.ovens.com", "blog.ovens.com", True),
        ("ovens.com", "lovens.com", False),
        ("ovens.com", "ovens.com.lamps.com", False),
        ("a.co.uk", "b.co.uk", False),
        ("shop.a.co.uk", "a.co.uk", True),
        ("a.github.io", "b.github.io", False),
        ("x.a.github.io", "a.github.io", True),
        ("bäcker.de", "xn--bcker-gra.de", True),
        ("OVENS.com", "ovens.com", True),
    ],
)
def test_what_belongs_together(one: str, two: str, same: bool) -> None:
    assert domains.is_same(one, two) is same


def test_an_address_that_carries_another() -> None:
    assert domains.leads_back("https://go.lamps.example/?to=https%3A%2F%2Fovens.example", "www.ovens.example")
    assert not domains.leads_back("https://ovens.example@lamps.example/", "ovens.example")
