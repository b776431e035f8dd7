using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>What a model's name may be, and a pattern over such names.</summary>
internal static class ModelNameRules
{
    public const string Pattern = "a model's name, prefix* or *";

    public static ConfigKind<string?> NameKind { get; } = new TextKind<string>("a model's name", text => IsName(text) ? text : null, text => text);

    public static ConfigKind<string?> PatternKind { get; } = new TextKind<string>(Pattern, text => IsPattern(text) ? text : null, text => text);

    /// <summary>A name, or a name's beginning and a star.</summary>
    public static bool IsPattern(string text) => text == "*" || IsName(text.EndsWith('*') ? text[..^1] : text);

    private static bool IsName(string text) => text.Length > 0 && !text.Contains('*') && !text.Any(char.IsControl);
}
