namespace Gateway.Tests.Fuzz;

/// <summary>What the damage is done to: requests and streams of each dialect that use all there is in it.</summary>
internal static class Corpus
{
    /// <summary>A request of Anthropic's.</summary>
    public const string AnthropicRequest =
        """
        {"model":"claude-x","max_tokens":1000,"stream":true,"temperature":0.5,"stop_sequences":["a","b"],"metadata":{"user_id":"u"},
        "thinking":{"type":"enabled","budget_tokens":500},"tool_choice":{"type":"auto","disable_parallel_tool_use":true},
        "system":[{"type":"text","text":"be short","cache_control":{"type":"ephemeral"}}],
        "tools":[{"name":"Bash","description":"d","input_schema":{"type":"object","properties":{"c":{"type":"string"}},"required":["c"]}},{"type":"web_search_20250305","name":"web_search","max_uses":3}],
        "messages":[{"role":"user","content":"one"},
        {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"c2ln"},{"type":"text","text":"two"},{"type":"tool_use","id":"t1","name":"Bash","input":{"c":"ls \ud83d\ude00"}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","is_error":true,"content":[{"type":"text","text":"three"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]},
        {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AAAA"},"title":"t"},{"type":"image","source":{"type":"url","url":"https://a.example/x.png"}},{"type":"text","text":"four"}]}],
        "output_config":{"effort":"high","format":{"type":"json_schema","schema":{"type":"object","properties":{"a":{"type":"integer"}}}}}}
        """;

    /// <summary>A request of Chat Completions.</summary>
    public const string ChatRequest =
        """
        {"model":"m","max_completion_tokens":100,"stream":true,"stream_options":{"include_usage":true},"stop":["a"],"temperature":1.5,"top_p":0.5,"user":"u","reasoning_effort":"low",
        "parallel_tool_calls":false,"tool_choice":{"type":"function","function":{"name":"f"}},"response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"type":"object"}}},
        "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object","properties":{}},"strict":true}}],
        "messages":[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text","text":"x"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"low"}}]},
        {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]},
        {"role":"tool","tool_call_id":"c1","content":[{"type":"text","text":"r"}]},{"role":"developer","content":"d"},{"role":"assistant","content":"y","refusal":null},{"role":"user","content":"z"}]}
        """;

    /// <summary>The events of an answer of Chat Completions.</summary>
    public static readonly string[] ChatStream =
    [
        """{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""",
        .. Chunks("""{"reasoning_content":"th"}""", """{"reasoning_content":"ought"}""", """{"content":"text \ud83d"}""", """{"content":"\ude00 <think>in</think> out"}""", """{"content":"more"}"""),
        .. Chunks("""{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"Bash","arguments":""}}]}""", """{"tool_calls":[{"index":0,"function":{"arguments":"{\"c\":"}}]}"""),
        .. Chunks("""{"tool_calls":[{"index":1,"id":"call_2","type":"function","function":{"name":"Read","arguments":"{}"}}]}""", """{"tool_calls":[{"index":0,"function":{"arguments":"\"ls\"}"}}]}"""),
        """{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
        """{"id":"c","object":"chat.completion.chunk","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":4}}}""",
        "[DONE]",
    ];

    /// <summary>The events of an answer of Responses.</summary>
    public static readonly string[] ResponsesStream =
    [
        """{"type":"response.created","response":{"id":"r","status":"in_progress","output":[]}}""",
        """{"type":"response.output_item.added","output_index":0,"item":{"id":"rs","type":"reasoning","summary":[]}}""",
        """{"type":"response.reasoning_summary_text.delta","output_index":0,"summary_index":0,"delta":"thought"}""",
        """{"type":"response.output_item.done","output_index":0,"item":{"id":"rs","type":"reasoning","summary":[],"encrypted_content":"enc"}}""",
        """{"type":"response.output_item.added","output_index":1,"item":{"type":"message","role":"assistant","content":[]}}""",
        """{"type":"response.output_text.delta","output_index":1,"content_index":0,"delta":"text"}""",
        """{"type":"response.output_item.added","output_index":2,"item":{"type":"function_call","call_id":"call_1","name":"Bash","arguments":""}}""",
        """{"type":"response.function_call_arguments.delta","output_index":2,"delta":"{\"c\":"}""",
        """{"type":"response.function_call_arguments.done","output_index":2,"arguments":"{\"c\":1}"}""",
        """{"type":"response.output_item.done","output_index":2,"item":{"type":"function_call","call_id":"call_1","name":"Bash","arguments":"{\"c\":1}"}}""",
        """{"type":"response.completed","response":{"id":"r","status":"completed","output":[],"usage":{"input_tokens":10,"output_tokens":5,"input_tokens_details":{"cached_tokens":3}}}}""",
    ];

    /// <summary>The events of an answer of Anthropic's.</summary>
    public static readonly string[] AnthropicStream =
    [
        """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"usage":{"input_tokens":5,"output_tokens":1}}}""",
        """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}""",
        """{"type":"content_block_stop","index":0}""",
        """{"type":"ping"}""",
        """{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}""",
        """{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"text"}}""",
        """{"type":"content_block_stop","index":1}""",
        """{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"t","name":"Bash","input":{}}}""",
        """{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\"c\":1}"}}""",
        """{"type":"content_block_stop","index":2}""",
        """{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":9}}""",
        """{"type":"message_stop"}""",
    ];

    private static IEnumerable<string> Chunks(params string[] deltas) =>
        deltas.Select(static delta => $$"""{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{{delta}},"finish_reason":null}]}""");
}
