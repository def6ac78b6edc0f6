"""What stands in the way of starting is said in a line, without a traceback and without leaving anything behind."""

import socket

from tests.e2e.process import Process, free_ports
from tests.e2e.running import said


async def refused(*arguments, **environment):
    """What `python -m bot …` says instead of doing it."""
    told = await said(*arguments, status=1, **environment)
    assert "Traceback" not in told
    return told


async def test_the_sandbox_is_for_this_machine_only(tmp_path):
    told = await refused("run", "--sandbox", LIANBAN_HOST="0.0.0.0", LIANBAN_DATA=str(tmp_path))  # noqa: S104
    assert "沙箱只供本机试用" in told


async def test_a_port_that_is_taken_is_named(tmp_path):
    port = free_ports()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port + 1))
        other.listen()
        told = await refused("run", "--sandbox", "--port", str(port), LIANBAN_DATA=str(tmp_path))
    assert str(port) in told
    assert str(port + 1) in told


async def test_stories_that_are_not_there(tmp_path):
    results = tmp_path / "results.jsonl"
    told = await refused("replay", str(tmp_path / "none.jsonl"), str(results), LIANBAN_DATA=str(tmp_path))
    assert "没有这个文件" in told
    assert not results.exists()


async def test_where_to_look_is_said(tmp_path):
    port = free_ports()
    product = Process("bot", "run", "--sandbox", "--port", str(port), data=tmp_path, environment={}, until="请打开")
    try:
        await product.start()
        assert product.lines[-1] == f"联办已启动，请打开 http://127.0.0.1:{port}/\n"
        beside = {"LIANBAN_DATA": str(tmp_path), "LIANBAN_SANDBOX": f"http://127.0.0.1:{port + 1}"}
        assert "refused" not in await said("menus", **beside)  # made once more, beside the running program
    finally:
        await product.end()
