using System.Text.Json;

namespace Gateway.Core.Synthetic;

/// <summary>What <c>tool_choice</c> demands.</summary>
/// <param name="Forced">The call that must be made; null: none must.</param>
/// <param name="Forbids">No call may be made.</param>
/// <param name="IsOneByOne">No two calls in one answer.</param>
/// <remarks>Source: platform.claude.com/docs/en/agents-and-tools/tool-use/implement-tool-use, "Forcing tool use".</remarks>
internal sealed record ToolDemand(ScriptedTool? Forced, bool Forbids, bool IsOneByOne)
{
    private static readonly string[] ServerTools = ["web_search_", "web_fetch_", "code_execution_", "tool_search_tool_"];

    /// <summary>None.</summary>
    public static ToolDemand None { get; } = new(null, false, false);

    /// <summary>True for a tool that runs at the provider's.</summary>
    public static bool IsServerTool(JsonElement tool) =>
        RequestJson.TypeOf(tool) is { } type && Array.Exists(ServerTools, prefix => type.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Reads the choice; a forced call gets an input that fits the tool's schema.</summary>
    public static ToolDemand Read(JsonElement choice, List<JsonElement> tools)
    {
        var type = RequestJson.TypeOf(choice);
        var name = RequestJson.Text(choice, "name");
        var forced = type is "any" or "tool"
            ? tools.Find(tool => !IsServerTool(tool) && (type == "any" || RequestJson.Text(tool, "name") == name))
            : default;
        return new ToolDemand(
            RequestJson.Text(forced, "name") is { } called
                ? new ScriptedTool(called, SchemaSample.Of(RequestJson.Member(forced, "input_schema"), "synthetic"))
                : null,
            type == "none",
            RequestJson.Is(choice, "disable_parallel_tool_use"));
    }
}
