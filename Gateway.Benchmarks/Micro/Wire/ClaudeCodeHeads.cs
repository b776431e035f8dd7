namespace Gateway.Benchmarks.Micro.Wire;

/// <summary>The heads of one exchange between Claude Code 2.1 and its provider.</summary>
internal static class ClaudeCodeHeads
{
    public static string Request { get; } = """
        POST /anthropic/v1/messages?beta=true HTTP/1.1
        Accept: application/json
        Content-Type: application/json
        User-Agent: claude-cli/2.1.330 (external, sdk-cli)
        X-Claude-Code-Session-Id: 00000000-0000-4000-8000-000000000001
        X-Stainless-Arch: x64
        X-Stainless-Lang: js
        X-Stainless-OS: Linux
        X-Stainless-Package-Version: 0.128.0
        X-Stainless-Retry-Count: 0
        X-Stainless-Runtime: node
        X-Stainless-Runtime-Version: v26.12.1
        X-Stainless-Timeout: 600
        anthropic-beta: claude-code-20250219,interleaved-thinking-2025-05-14,context-management-2025-06-27,effort-2025-11-24
        anthropic-dangerous-direct-browser-access: true
        anthropic-version: 2023-06-01
        x-api-key: dummy-key
        x-app: cli
        Connection: keep-alive
        Host: 127.0.0.1:8080
        Accept-Encoding: gzip, deflate, br, zstd
        Content-Length: 49222


        """.ReplaceLineEndings("\r\n");

    public static string Response { get; } = """
        HTTP/1.1 200 OK
        Date: Sun, 06 Nov 1994 08:49:37 GMT
        Content-Type: text/event-stream; charset=utf-8
        Transfer-Encoding: chunked
        Connection: keep-alive
        Cache-Control: no-cache
        request-id: req_011CSHoEeqs5C35K2UUqR7Fy
        anthropic-organization-id: 00000000-0000-4000-8000-000000000002
        anthropic-ratelimit-requests-limit: 4000
        anthropic-ratelimit-requests-remaining: 3999
        strict-transport-security: max-age=31536000; includeSubDomains; preload


        """.ReplaceLineEndings("\r\n");
}
