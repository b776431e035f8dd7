#!/usr/bin/env python3
"""Runs the real Claude Code client through the gateway against a provider that speaks OpenAI's Chat Completions.

The scenarios and the client are those of the harness in HARNESS (a folder with cc_harness.py); only its mock is exchanged for
one of the other dialect, which tells the same story: reasoning, text, tool calls in pieces, errors in a vendor's words.
What is checked of the client stays; what is checked of the wire is checked in this dialect's terms.

usage: claude-code-openai.py HARNESS [options of the harness]    The last line is 'N passed, N failed'.
"""
import json, os, sys

HARNESS = sys.argv.pop(1)
sys.path.insert(0, HARNESS)
import cc_harness, mock_anthropic                                        # noqa: E402

# What a scenario says of Anthropic's wire that has no counterpart here, and why.
NOT_HERE = {
    "thinking_signature": "the exact signature and redacted_thinking are Anthropic's own: the reasoning comes back as text instead",
    "custom_headers": "headers and members that nobody knows are left out for a provider of another dialect",
    "tool_search": "there are no deferred tools: one is declared once it was found, and not before",
    "subagent": "the client's own headers stay at the gateway: a subagent is known by its prompt",
    "models_discovery": "a list in OpenAI's shape, told in Anthropic's",
}

# And what cannot hold.
LEFT_OUT = {"err_retry_after_long": "a translated retry-after is at most 60 seconds by rule, so that the client waits instead of giving up"}

# What the n-th request must say instead. A function of the request's JSON that is false fails with its text.
WIRE = {
    "tool_bash": [(1, "the call and its result", lambda j: tool(j, 0) == "tool-42" and calls(j)[0]["function"]["name"] == "Bash")],
    "tool_parallel": [(1, "three calls, three results in their order", lambda j: len(calls(j)) == 3
                       and [m["tool_call_id"] for m in of(j, "tool")] == [c["id"] for c in calls(j)] and "alpha-text" in tool(j, 0) and "beta-text" in tool(j, 1))],
    "tool_error": [(1, "results that say that they are errors", lambda j: all("rror" in tool(j, i)[:40] for i in (0, 1)))],
    "thinking_signature": [(1, "the reasoning of the same provider", lambda j: of(j, "assistant")[-1].get("reasoning_content") == "Let me think.")],
    "image": [(1, "the image behind the results", lambda j: any(p["type"] == "image_url" and p["image_url"]["url"].startswith("data:image/png;base64,iVBOR")
                                                               for m in of(j, "user") for p in m["content"] if isinstance(p, dict)))],
    "tool_search": [(0, "no deferred tool", lambda j: "WebSearch" not in names(j)), (1, "the tool that was found", lambda j: "WebSearch" in names(j))],
    "custom_headers": [(0, "the model as it was named", lambda j: j["model"] == "vendor/model-x" and "x_extra" not in j)],
    "long_prompt": [(0, "the whole prompt", lambda j: len(json.dumps(j, ensure_ascii=False)) > 600000)],
    "recover_max_tokens": [(1, "a smaller answer", lambda j: j.get("max_tokens") == 9000)],
}


def of(j, role):
    return [m for m in j["messages"] if m["role"] == role]


def calls(j):
    return [c for m in of(j, "assistant") for c in m.get("tool_calls", [])]


def tool(j, i):
    return of(j, "tool")[i]["content"]


def said(j, text):
    """True if the user said just that."""
    parts = [p.get("text", "") for m in of(j, "user") for p in (m["content"] if isinstance(m["content"], list) else [{"text": m["content"]}])]
    return any(text in part.splitlines() for part in parts)


def names(j):
    return [t["function"]["name"] for t in j.get("tools", [])]


class ChatMock(mock_anthropic.Mock):
    """The same steps, told in chunks."""

    def classify(self, req, run):
        path, j = req["target"].split("?")[0], req["json"]
        if req["method"] == "POST" and path.endswith("/chat/completions"):
            if run.sc.get("sub") and not said(j, run.sc["prompt"]):
                return "sub"
            return "main" if isinstance(j, dict) and j.get("tools") else "aux"
        return super().classify(req, run)

    async def answer(self, req, cls, step, writer, out, gone, seq, rec_dir):
        if cls in ("main", "sub", "aux") and "error" in step and "body" not in step["error"]:
            status, body = vendor_error(step["error"])
            step = dict(step, error=dict(step["error"], status=status, body=json.dumps(body)))
        if cls == "models":
            ids = [m["id"] for m in json.loads((step if "raw" in step else self.default(cls))["raw"])["data"]]
            step = {"raw": json.dumps({"object": "list", "data": [{"id": i, "object": "model", "created": 1, "owned_by": "mock"} for i in ids]})}
        return await super().answer(req, cls, step, writer, out, gone, seq, rec_dir)

    async def message(self, req, step, writer, out, gone, seq, rec_dir):
        if not (req["json"] or {}).get("stream"):
            return await self.plain(writer, 200, json.dumps(whole(req, step, seq)), out, gone, seq, extra=step.get("headers"))
        chunks = list(told(req, step, seq))
        z = mock_anthropic.zlib.compressobj(6, mock_anthropic.zlib.DEFLATED, 31) if step.get("gzip") else None
        head = [("content-type", "text/event-stream"), ("transfer-encoding", "chunked")] + ([("content-encoding", "gzip")] if z else [])
        out["status"] = 200
        await self.send(writer, self.head(200, head), out, gone)
        for i, chunk in enumerate(chunks):
            # Anthropic's stream has two events more before its first piece of content.
            if "cut_after" in step and i + 2 >= step["cut_after"]:
                out["ended"] = "cut"
                self.kill(writer, step)
                return False
            await self.sleep(step.get("gap_before", {}).get(str(i + 2), step.get("gap", 0)), gone)
            raw = ("data: %s\n\n" % (chunk if isinstance(chunk, str) else json.dumps(chunk))).encode()
            raw = z.compress(raw) + z.flush(mock_anthropic.zlib.Z_SYNC_FLUSH) if z else raw
            await self.send(writer, b"%x\r\n" % len(raw) + raw + b"\r\n", out, gone)
            out["events"] += 1
        await self.send(writer, b"0\r\n\r\n", out, gone)
        return True


def vendor_error(e):
    """A vendor's words for it."""
    message = e.get("message", "mock error")
    if message.startswith("prompt is too long"):
        return 400, {"error": {"message": "This model's maximum context length is 1000000 tokens. However, your messages resulted in 1200000 tokens. "
                               "Please reduce the length of the messages.", "type": "invalid_request_error", "param": "messages", "code": "context_length_exceeded"}}
    if message.startswith("input length and"):
        return 400, {"object": "error", "message": "This model's maximum context length is 200000 tokens. However, you requested 318000 tokens "
                     "(190000 in the messages, 128000 in the completion). Please reduce the length of the messages or completion.", "type": "BadRequestError", "code": 400}
    code = {404: "model_not_found", 429: "rate_limit_exceeded"}.get(e["status"])
    return 503 if e["status"] == 529 else e["status"], {"error": {"message": message, "type": e.get("type", "server_error"), "param": None, "code": code}}


def usage(req):
    n = len(req["body"]) // 4
    return {"prompt_tokens": n, "completion_tokens": 7, "total_tokens": n + 7, "prompt_tokens_details": {"cached_tokens": max(0, n - 12)}}


def call(block, seq, i):
    return {"id": "call_mock_%03d_%d" % (seq, i), "type": "function", "function": {"name": block["name"], "arguments": json.dumps(block.get("input", {}))}}


def whole(req, step, seq):
    blocks = step["content"]
    text = "".join(b["text"] for b in blocks if b["type"] == "text")
    tools = [call(b, seq, i) for i, b in enumerate(b for b in blocks if b["type"] == "tool_use")]
    message = {"role": "assistant", "content": text or None}
    if tools:
        message["tool_calls"] = tools
    return {"id": "chatcmpl-%d" % seq, "object": "chat.completion", "created": 1, "model": "mock", "usage": usage(req),
            "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls" if tools else "stop"}]}


def told(req, step, seq):
    def chunk(delta, finish=None):
        return {"id": "chatcmpl-%d" % seq, "object": "chat.completion.chunk", "created": 1, "model": "mock",
                "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}

    yield chunk({"role": "assistant", "content": ""})
    tools = 0
    for b in step["content"]:
        if b["type"] == "text":
            for piece in mock_anthropic.cut(b["text"]):
                yield chunk({"content": piece})
        elif b["type"] == "thinking":
            for piece in mock_anthropic.cut(b["thinking"]):
                yield chunk({"reasoning_content": piece})
        elif b["type"] == "tool_use":
            whole_call = call(b, seq, tools)
            pieces = mock_anthropic.cut(whole_call["function"]["arguments"])
            whole_call["function"]["arguments"] = ""
            yield chunk({"tool_calls": [dict(whole_call, index=tools)]})
            for piece in pieces:
                yield chunk({"tool_calls": [{"index": tools, "function": {"arguments": piece}}]})
            tools += 1
    yield chunk({}, "tool_calls" if tools else "stop")
    yield dict(chunk({}), choices=[], usage=usage(req))
    yield "[DONE]"


def check_chat(run, rec, ex, direct, failed=cc_harness.check, count=cc_harness.check_mock):
    """The counts of the scenario, and the wire in this dialect's terms."""
    reqs = sorted((r for r in run.requests if r["target"].endswith("/chat/completions")), key=lambda r: r["seq"])
    for r in reqs:
        low, body = {k.lower(): v for k, v in r["headers"]}, cc_harness.body_of(rec, r)
        failed(low.get("authorization") == "Bearer harness-key", "request %d: credential %r" % (r["seq"], low.get("authorization")))
        failed(not any(k.startswith("anthropic-") or k == "x-api-key" for k in low), "request %d: a field of the other dialect" % r["seq"])
        failed(b"x-anthropic-billing-header" not in body, "request %d: the client's billing text" % r["seq"])
    main = [r for r in reqs if r["cls"] == "main"]
    for n, what, holds in WIRE.get(run.sc["name"], []):
        failed(len(main) > n, "no main request number %d" % n)
        failed(holds(json.loads(cc_harness.body_of(rec, main[n]))), "main request %d lacks %s" % (n, what))
    want = dict(ex.get("requests", {}), **ex.get("requests_gateway", {}))
    for cls in ("main", "sub"):
        got = sum(r["cls"] == cls for r in reqs)
        failed(got == want.pop(cls, got), "the provider saw %d %s requests" % (got, cls))
    # The rest as it is, without what it would look for in Anthropic's requests.
    everything, run.requests = run.requests, [r for r in run.requests if r not in reqs]
    count(run, rec, dict(ex, checks=[], requests=want, requests_gateway={}), direct)
    run.requests = everything


if __name__ == "__main__":
    cc_harness.__file__ = os.path.abspath(__file__)                      # what its isolation starts again
    cc_harness.isolate = (lambda inner: lambda argv: inner([HARNESS] + argv))(cc_harness.isolate)
    cc_harness.check_mock = check_chat
    mock_anthropic.Mock = ChatMock
    if "CC_HARNESS_ISOLATED" not in os.environ:
        for name, why in list(NOT_HERE.items()) + list(LEFT_OUT.items()):
            print("%-26s %s: %s" % (name, "left out" if name in LEFT_OUT else "in this dialect's terms", why), flush=True)
    sys.argv += ["--no-tap", "--skip", ",".join(LEFT_OUT)]
    sys.exit(cc_harness.main())
