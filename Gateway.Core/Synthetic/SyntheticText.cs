namespace Gateway.Core.Synthetic;

/// <summary>Texts that are cut without breaking a character, and counted four to a token.</summary>
internal static class SyntheticText
{
    /// <summary>Characters to a token, in everything this model writes.</summary>
    public const int CharsPerToken = 4;

    private const int Quoted = 400;
    private const int Heading = 50;

    // Three letters and a space: each word is a token.
    private static readonly string[] Words = ["the", "fox", "and", "owl", "ran", "far", "for", "one", "big", "red", "fig"];

    /// <summary>Tokens of a text, rounded up.</summary>
    public static int Tokens(string text) => (text.Length + CharsPerToken - 1) / CharsPerToken;

    /// <summary>The start of a text, at most so many characters long.</summary>
    public static string Cut(string text, int length) => text[..Border(text, length)];

    /// <summary>The last place up to <paramref name="at"/> that is not within a surrogate pair.</summary>
    public static int Border(string text, int at) =>
        at >= text.Length ? text.Length : at > 0 && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]) ? at - 1 : at;

    /// <summary>A text as a quotation: one line, so that no line of it can be taken for a command, and not too long.</summary>
    public static string Quote(string text)
    {
        var start = Cut(text, Quoted);
        var line = start.ReplaceLineEndings(" ").Trim();
        return start.Length < text.Length ? line + " ..." : line;
    }

    /// <summary>A text's first words, as a heading.</summary>
    public static string Title(string text) => Quote(Cut(text.Split('\n', 2)[0].Trim(), Heading));

    /// <summary>A text of exactly so many tokens.</summary>
    public static string OfTokens(int tokens) =>
        string.Join(' ', Enumerable.Range(0, tokens).Select(i => Words[i % Words.Length]));
}
