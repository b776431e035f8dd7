using System.Net;
using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>The kinds that several fields share.</summary>
internal static class FieldKinds
{
    public static ConfigKind<bool> Flag { get; } = new FlagKind();

    public static ConfigKind<string?> Word { get; } = new TextKind<string>("a text", NotEmpty, text => text);

    public static ConfigKind<string?> FilePath { get; } = new TextKind<string>("the path of a file", FileName, text => text);

    public static ConfigKind<IPAddress?> Address { get; } =
        new TextKind<IPAddress>("an IP address, such as 127.0.0.1 or ::1", ParseAddress, address => address.ToString());

    public static ConfigKind<Uri?> BaseUrl { get; } = new TextKind<Uri>(BaseUrlRules.Expected, BaseUrlRules.Parse, url => url.OriginalString);

    /// <summary>From seconds to a day.</summary>
    public static ConfigKind<int> Seconds(int least) => new NumberKind(least, 86_400);

    /// <summary>From one millisecond to ten minutes.</summary>
    public static ConfigKind<int> Milliseconds { get; } = new NumberKind(1, 600_000);

    public static ConfigKind<int> Number(int least, int most) => new NumberKind(least, most);

    public static ConfigKind<string> OneOf(params string[] words) => new WordKind<string>([.. words.Select(word => (word, word))]);

    private static string? NotEmpty(string text) => text.Length > 0 ? text : null;

    private static string? FileName(string text) => text.Length > 0 && !text.Contains('\0') ? text : null;

    private static IPAddress? ParseAddress(string text) =>
        text == "localhost" ? IPAddress.Loopback : NetworkText.ParseAddress(text);
}
