using System.Globalization;

namespace Gateway.Core.Schema;

/// <summary>How places in a file are named: <c>$.providers.anthropic.models[0]</c>.</summary>
internal static class JsonPath
{
    public const string Root = "$";

    public static string Member(string path, string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '$') ? $"{path}.{name}" : $"{path}[\"{Glimpse.Printable(name)}\"]";

    public static string Item(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
