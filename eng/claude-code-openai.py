#!/usr/bin/env python3
"""Runs the real Claude Code client against an OpenAI-dialect provider. usage: claude-code-openai.py BINARY [ARGUMENTS OF THE HARNESS]

What the client makes of the answers is judged as ever. What reached the mock is not: it comes there in another dialect and back.
Left out are the scenarios that stand on what that dialect does not carry:
  subagent              the mock knows a subagent by a header field of Claude Code's
  err_retry_after_long  a translated 429 asks for at most 60 seconds, so the client waits where it would give up
"""
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT.parent / "shared" / "claude-code"))
import cc_harness  # noqa: E402

cc_harness.check_mock = lambda *_: None
binary, *more = sys.argv[1:]
cache = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "claude-gateway")
sys.argv = [
    cc_harness.__file__, "--cache", cache, "--no-isolate", "--no-tap", "--max-seconds", "280", "--skip", "subagent,err_retry_after_long",
    "--gateway-cmd", f"{ROOT}/eng/openai-bridge-for-harness.sh {os.path.realpath(binary)} {{port}} {{upstream}}", *more,
]
sys.exit(cc_harness.main())
