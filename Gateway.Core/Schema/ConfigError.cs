namespace Gateway.Core.Schema;

/// <summary>What is wrong in a configuration, and where.</summary>
/// <param name="Path">JSON path, such as <c>$.providers.anthropic.base_url</c>, or the option of the command line.</param>
/// <param name="Found">What stands there; never a credential.</param>
/// <param name="Expected">What should.</param>
public sealed record ConfigError(string Path, string Found, string Expected)
{
    /// <summary>The file, as messages name it; empty for the command line.</summary>
    public string File { get; init; } = "";

    /// <summary>Line in the file, from 1; 0 where it is not known.</summary>
    public int Line { get; init; }

    /// <summary>Byte in that line, from 1; 0 where it is not known.</summary>
    public int Column { get; init; }

    /// <summary>One line for a person, in the form that editors jump to.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{File}:{Line}:{Column}: " : File.Length > 0 ? $"{File}: " : "";
        return $"{place}{Path}: found {Found}; expected {Expected}";
    }
}
