"""Media types by magic bytes."""

import pytest

from storage.sniff import media_type


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png"),
        (b"GIF87a\x01\x00", "image/gif"),
        (b"GIF89a\x01\x00", "image/gif"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "image/heic"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", "image/heic"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1avif", None),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42heic", None),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1avif" + b"\x00" * 16 + b"heic", None),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", None),
        (b"<html>%PDF-", None),
        (b"\xff\xd8", None),
        (b"PK\x03\x04", None),
        (b"MZ", None),
        (b"", None),
    ],
)
def test_the_first_bytes_decide(head: bytes, expected: str | None) -> None:
    assert media_type(head) == expected
