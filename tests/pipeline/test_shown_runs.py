"""What `runs show` reads back: whole JSON, and no key in it."""

from __future__ import annotations

import json

import pytest

from agent.pipeline.runs import _in_json


@pytest.mark.parametrize("said", ['use "Bearer abcdefgh12345678"', "Bearer abc", 'he said "Bearer x"'])
def test_a_key_is_taken_out_of_strings_and_the_json_stays_whole(said: str) -> None:
    from agent.llm.keys import scrubbed

    cleaned = json.loads(_in_json(json.dumps({"messages": [{"content": said}], "n": 1}), lambda text: scrubbed(text, [])))
    assert cleaned["n"] == 1
    assert "[key]" in cleaned["messages"][0]["content"]
