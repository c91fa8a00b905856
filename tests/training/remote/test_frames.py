from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui_nn.training.remote.frames import Unpacker, pack


@given(messages=st.lists(st.text() | st.binary(max_size=300), max_size=8), cut=st.integers(1, 40))
def test_messages_survive_any_cut_of_the_stream(messages: list[str | bytes], cut: int) -> None:
    stream, unpacker = b"".join(map(pack, messages)), Unpacker()
    received = [m for i in range(0, len(stream), cut) for m in unpacker.feed(stream[i : i + cut])]

    assert received == messages


def test_a_message_is_kept_back_until_it_is_whole() -> None:
    frame, unpacker = pack("whole"), Unpacker()

    assert unpacker.feed(frame[:-1]) == []
    assert unpacker.feed(frame[-1:]) == ["whole"]
