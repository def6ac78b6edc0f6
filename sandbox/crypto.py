"""Signatures and the encryption of safe mode, written from the platform's published description."""

import base64
import binascii
import hashlib
import hmac
import os
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32


class CryptoError(ValueError):
    """A ciphertext that the platform would not accept."""


def signature(*parts: str) -> str:
    """Platform rule: sha1 over the sorted parts, joined."""
    return hashlib.sha1("".join(sorted(parts)).encode("utf-8")).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare two signatures in constant time."""
    return hmac.compare_digest(left.encode("utf-8"), right.encode("utf-8"))


class MessageCipher:
    """Platform rule: AES-256-CBC, key = b64decode(EncodingAESKey + "="), IV = key[:16], PKCS#7 with a block of 32;
    plaintext = 16 random bytes + 4-byte big-endian length + XML + appid.
    """

    def __init__(self, encoding_aes_key: str, appid: str) -> None:
        self._key = base64.b64decode(encoding_aes_key + "=")
        self._appid = appid.encode("utf-8")

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))

    def encrypt(self, xml: str) -> str:
        """Seal one XML document; two calls never give the same text."""
        data = xml.encode("utf-8")
        plain = os.urandom(16) + struct.pack(">I", len(data)) + data + self._appid
        fill = _BLOCK - len(plain) % _BLOCK
        encryptor = self._cipher().encryptor()
        sealed = encryptor.update(plain + bytes([fill]) * fill) + encryptor.finalize()
        return base64.b64encode(sealed).decode("ascii")

    def decrypt(self, text: str) -> str:
        """Open what `encrypt` or another implementation sealed; every flaw raises CryptoError."""
        try:
            sealed = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise CryptoError("Encrypt 不是 base64") from error
        if not sealed or len(sealed) % 16:
            raise CryptoError("密文长度不对")
        decryptor = self._cipher().decryptor()
        plain = decryptor.update(sealed) + decryptor.finalize()
        fill = plain[-1]
        if not 1 <= fill <= _BLOCK or plain[-fill:] != bytes([fill]) * fill:
            raise CryptoError("PKCS#7 填充不对")
        plain = plain[:-fill]
        if len(plain) < 20:
            raise CryptoError("明文过短")
        (length,) = struct.unpack(">I", plain[16:20])
        data, appid = plain[20 : 20 + length], plain[20 + length :]
        if len(data) != length or appid != self._appid:
            raise CryptoError("密文中的 appid 不对")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise CryptoError("明文不是 UTF-8") from error
