import pytest

from scheduler.caldav.address import collection_address
from scheduler.errors import PublishError
from scheduler.text import Language


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("https://a.example/dav/duty", "https://a.example/dav/duty/"),
        ("https://a.example:443/dav/", "https://a.example/dav/"),
        ("https://a.example:8443", "https://a.example:8443/"),
        ("http://127.0.0.1:5232/x/", "http://127.0.0.1:5232/x/"),
        ("http://localhost/x", "http://localhost/x/"),
        ("http://[::1]:80/x", "http://[::1]/x/"),
        ("https://a.example/值班/b c", "https://a.example/%E5%80%BC%E7%8F%AD/b%20c/"),
        ("https://a.example/%E5%80%BC/", "https://a.example/%E5%80%BC/"),
    ],
)
def test_an_address_is_a_folder_without_its_usual_port(given: str, url: str) -> None:
    assert collection_address(given).url == url


@pytest.mark.parametrize(
    "given",
    ["", "duty", "ftp://a.example/", "https://", "https://a.example/?x=1", "https://a:x/", "https://[::1/"],
)
def test_what_is_no_address(given: str) -> None:
    with pytest.raises(PublishError, match="not the address of a calendar"):
        collection_address(given)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(PublishError) as refused:
        collection_address("https://office:s3cret@a.example/duty/")
    said = "".join(refused.value.say(language) for language in Language)
    assert "a.example/duty/" in said
    assert "s3cret" not in said


def test_plain_http_needs_this_computer_or_leave() -> None:
    with pytest.raises(PublishError, match="not encrypted"):
        collection_address("http://10.0.0.1/duty/")
    assert collection_address("http://10.0.0.1/duty/", allow_http=True).loopback is False
    assert collection_address("http://127.8.0.1/duty/").loopback is True


@pytest.mark.parametrize(
    ("href", "name"),
    [
        ("/dav/值班/a.ics", "a.ics"),
        ("/dav/%E5%80%BC%E7%8F%AD/a%20b.ics", "a b.ics"),
        ("https://a.example/dav/%E5%80%BC%E7%8F%AD/a.ics", "a.ics"),
        ("/dav/%E5%80%BC%E7%8F%AD/", None),
        ("/dav/other/a.ics", None),
        ("/dav/%E5%80%BC%E7%8F%AD/in/a.ics", None),
    ],
)
def test_members_are_known_by_whatever_a_server_calls_them(href: str, name: str | None) -> None:
    address = collection_address("https://a.example/dav/值班/")
    assert address.member(href) == name
    if name:
        assert address.member(address.of(name)) == name
