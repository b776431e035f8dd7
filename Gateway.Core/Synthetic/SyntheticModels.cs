using System.Text;

namespace Gateway.Core.Synthetic;

/// <summary>The models the built-in provider admits to; it answers to every other name as well.</summary>
public static class SyntheticModels
{
    /// <summary>Id and what it is called; ids hold "claude", or Claude Code's discovery leaves them out.</summary>
    public static IReadOnlyList<(string Id, string DisplayName)> All { get; } =
    [
        ("claude-synthetic-1", "Synthetic (built in, no language model)"),
    ];

    /// <summary>One model as JSON; empty if there is none of this id.</summary>
    public static ReadOnlyMemory<byte> Find(ReadOnlySpan<byte> id)
    {
        foreach (var (name, displayName) in All)
        {
            if (id.SequenceEqual(Encoding.UTF8.GetBytes(name)))
            {
                return Encoding.UTF8.GetBytes(
                    $$"""{"type":"model","id":"{{name}}","display_name":"{{displayName}}","created_at":"1970-01-01T00:00:00Z"}""");
            }
        }

        return default;
    }
}
