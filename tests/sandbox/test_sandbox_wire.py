"""Signing, sealing and reading: the platform's documents, checked with somebody else's cryptography."""

from pathlib import Path

import pytest
from wechatpy.crypto import WeChatCrypto

from sandbox.accounts import Account, Mode, SandboxConfig
from sandbox.crypto import CryptoError, MessageCipher, signature
from sandbox.reply import judge
from sandbox.spans import spans
from sandbox.wire import WireError, build, parse, seal

ROOT = Path(__file__).parents[2] / "sandbox"


def test_signature_matches_the_published_vector() -> None:
    assert signature("AAAAA", "1714037059", "486452656") == "899cf89e464efb63f54ddac96b0a0a235f53aa78"


def test_safe_mode_body_holds_nothing_readable_and_opens_elsewhere(config: SandboxConfig) -> None:
    account = config.accounts[0]
    xml = build([("FromUserName", "o_xx_applicant"), ("Content", "电话 138")])
    envelope = seal(account, xml, "o_xx_applicant", 1714037059)
    body = envelope.body.decode()
    assert [part.tag for part in parse(body)] == ["ToUserName", "Encrypt"]
    assert set(envelope.query) == {"signature", "timestamp", "nonce", "openid", "encrypt_type", "msg_signature"}
    query = envelope.query
    crypto = WeChatCrypto(account.token, account.encoding_aes_key, account.appid)
    opened = crypto.decrypt_message(body, query["msg_signature"], query["timestamp"], query["nonce"])
    assert (opened.decode() if isinstance(opened, bytes) else opened) == xml


def test_two_envelopes_of_one_message_differ(config: SandboxConfig) -> None:
    first, second = (seal(config.accounts[0], "<xml><A>1</A></xml>", "o", 1714037059) for _ in range(2))
    assert first.query["nonce"] != second.query["nonce"]
    assert first.body != second.body


def test_compatible_mode_carries_both_and_plain_mode_one(config: SandboxConfig) -> None:
    xml = build([("Content", "新装")])
    both = seal(config.accounts[0].model_copy(update={"mode": Mode.COMPATIBLE}), xml, "o", 1)
    root = parse(both.body.decode())
    assert root.findtext("Content") == "新装"
    assert root.findtext("Encrypt")
    plain = seal(config.accounts[0].model_copy(update={"mode": Mode.PLAIN}), xml, "o", 1)
    assert plain.body.decode() == xml
    assert "msg_signature" not in plain.query


def test_a_person_cannot_break_out_of_cdata() -> None:
    words = "]]></Content><MsgType>event</MsgType>\x00&<b>"
    root = parse(build([("Content", words)]))
    assert [part.tag for part in root] == ["Content"]
    assert root.findtext("Content") == words.replace("\x00", "")


def test_document_types_are_refused() -> None:
    with pytest.raises(WireError):
        parse('<!DOCTYPE xml [<!ENTITY a "b">]><xml><A>&a;</A></xml>')


@pytest.mark.parametrize("text", ["", "!!!", "AAAA", "QUJD" * 16])
def test_broken_ciphertext_is_one_kind_of_error(config: SandboxConfig, text: str) -> None:
    account = config.accounts[0]
    with pytest.raises(CryptoError):
        MessageCipher(account.encoding_aes_key, account.appid).decrypt(text)


def test_another_accounts_appid_is_refused(config: SandboxConfig) -> None:
    account = config.accounts[0]
    sealed = MessageCipher(account.encoding_aes_key, "wx0000000000000000").encrypt("<xml/>")
    with pytest.raises(CryptoError, match="appid"):
        MessageCipher(account.encoding_aes_key, account.appid).decrypt(sealed)


def reply(account: Account, **changed: str) -> bytes:
    fields = {
        "ToUserName": "o",
        "FromUserName": account.original_id,
        "CreateTime": "1",
        "MsgType": "text",
        "Content": "好",
    }
    return build(list((fields | changed).items())).encode()


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({}, ""),
        ({"Content": "水" * 682}, ""),
        ({"Content": "水" * 683}, "超过 2048"),
        ({"Content": " "}, "Content 为空"),
        ({"ToUserName": "o2"}, "ToUserName"),
        ({"FromUserName": "gh_other"}, "FromUserName"),
        ({"CreateTime": "now"}, "CreateTime"),
        ({"MsgType": "poem"}, "MsgType"),
        ({"MsgType": "image"}, "Image/MediaId"),
        ({"MsgType": "news"}, "ArticleCount"),
    ],
)
def test_what_makes_a_reply_malformed(config: SandboxConfig, changed: dict[str, str], refused: str) -> None:
    account = config.accounts[0].model_copy(update={"mode": Mode.PLAIN})
    verdict = judge(account, "o", reply(account, **changed))
    assert refused in verdict.refused if refused else not verdict.refused
    assert bool(verdict.parts) is not bool(refused)


@pytest.mark.parametrize("body", [b"", b"success"])
def test_silence_shows_nothing(config: SandboxConfig, body: bytes) -> None:
    verdict = judge(config.accounts[0], "o", body)
    assert (verdict.parts, verdict.refused) == ((), "")


@pytest.mark.parametrize("body", [b"ok", b'{"errcode":0}', b"<xml>", b"<html/>", b"\xff\xfe"])
def test_anything_else_is_malformed(config: SandboxConfig, body: bytes) -> None:
    assert judge(config.accounts[0], "o", body).refused


def test_safe_mode_refuses_a_plain_reply_and_a_forged_signature(config: SandboxConfig) -> None:
    account = config.accounts[0]
    assert "明文" in judge(account, "o", reply(account)).refused
    sealed = MessageCipher(account.encoding_aes_key, account.appid).encrypt(reply(account).decode())
    stamp: dict[str, str | int] = {"Encrypt": sealed, "TimeStamp": 1, "Nonce": "n"}
    good = build([*stamp.items(), ("MsgSignature", signature(account.token, "1", "n", sealed))])
    assert judge(account, "o", good.encode()).parts[0].content == "好"
    forged = build([*stamp.items(), ("MsgSignature", signature("other", "1", "n", sealed))])
    assert "MsgSignature" in judge(account, "o", forged.encode()).refused


def test_menu_links_are_cut_out_of_text_and_scripts_are_not_links() -> None:
    text = (
        '选：<a href="weixin://bizmsgmenu?msgmenucontent=%E6%96%B0%E8%A3%85&amp;msgmenuid=w1">1 新装</a>\n'
        "<a href='https://a.example/?x=1&y=2'>网页</a><a href=\"javascript:alert(1)\">坏</a>"
    )
    cut = spans(text)
    assert [(span.text, span.menu_content, span.menu_id, span.href) for span in cut] == [
        ("选：", None, None, None),
        ("1 新装", "新装", "w1", None),
        ("\n", None, None, None),
        ("网页", None, None, "https://a.example/?x=1&y=2"),
        ('<a href="javascript:alert(1)">坏</a>', None, None, None),
    ]


def test_an_address_is_a_link_as_it_stands_up_to_what_no_address_holds() -> None:
    cut = spans("请点https://a.example/x?t=a,b。或http://b.example, javascript:alert(1)")
    assert [(span.text, span.href) for span in cut] == [
        ("请点", None),
        ("https://a.example/x?t=a,b", "https://a.example/x?t=a,b"),
        ("。或", None),
        ("http://b.example", "http://b.example"),
        (", javascript:alert(1)", None),
    ]


def test_the_sandbox_imports_nothing_of_the_product() -> None:
    import ast
    import sys

    allowed = set(sys.stdlib_module_names) | {"aiohttp", "cryptography", "pydantic"}
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [part.name for part in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            assert {name.split(".")[0] for name in names} <= allowed, path
