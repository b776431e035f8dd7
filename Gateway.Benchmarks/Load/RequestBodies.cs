using System.Text;

namespace Gateway.Benchmarks.Load;

/// <summary>Requests for messages, the same bytes in every run: one question, padded with words.</summary>
internal static class RequestBodies
{
    private const string Words = "Read the file before you change it, run the tests after, and say what you found in one sentence. ";

    /// <summary>What ends each of them.</summary>
    public static byte[] Tail { get; } = "\"}]}"u8.ToArray();

    /// <summary>What begins each of them, up to the question.</summary>
    public static byte[] Opening(bool stream) => Encoding.UTF8.GetBytes(
        $$"""{"model":"claude-sonnet-4-5","max_tokens":1024,"stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":""" + "\"");

    /// <summary>Requests of so many bytes, each the first of a conversation of its own: a gateway keeps a conversation where it was served.</summary>
    public static IReadOnlyList<byte[]> Conversations(int count, int bytes) => [.. Enumerable.Range(1, count).Select(number => OfSize(bytes, stream: false, $"{number}. "))];

    /// <summary>A request of about so many bytes.</summary>
    public static byte[] OfSize(int bytes, bool stream, string beginning = "")
    {
        var opening = Opening(stream);
        var text = new StringBuilder(beginning, bytes + Words.Length);
        var length = Math.Max(0, bytes - opening.Length - Tail.Length);
        while (text.Length < length)
        {
            text.Append(Words);
        }

        text.Length = length;
        return [.. opening, .. Encoding.UTF8.GetBytes(text.ToString()), .. Tail];
    }
}
