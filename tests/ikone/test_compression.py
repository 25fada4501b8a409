"""Pages are packed for browsers that can unpack them, and their size tells nothing."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from ikone.middleware import CompressionMiddleware

CONTENT = b"Was andere gelernt haben. " * 100


def answer(response: HttpResponse, accepts: str = "gzip") -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        return response

    return CompressionMiddleware(view)(RequestFactory().get("/", headers={"Accept-Encoding": accepts}))


def test_a_page_is_packed_and_reads_the_same() -> None:
    packed = answer(HttpResponse(CONTENT, headers={"ETag": '"x"'}))
    assert gzip.decompress(packed.content) == CONTENT
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert packed.headers["ETag"] == 'W/"x"'
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_the_same_page_has_many_sizes() -> None:
    assert len({len(answer(HttpResponse(CONTENT)).content) for _ in range(40)}) > 5


@pytest.mark.parametrize(
    ("response", "accepts"),
    [
        (HttpResponse(CONTENT), "br"),
        (HttpResponse(b"kurz"), "gzip"),
        (HttpResponse(CONTENT, headers={"Content-Encoding": "br"}), "gzip"),
        (StreamingHttpResponse([CONTENT]), "gzip"),
    ],
    ids=["not understood", "short", "packed already", "streamed"],
)
def test_the_rest_goes_out_as_it_is(response: HttpResponse, accepts: str) -> None:
    before = response.headers.get("Content-Encoding")
    assert answer(response, accepts).headers.get("Content-Encoding") == before
