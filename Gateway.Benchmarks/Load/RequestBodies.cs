using System.Text;

namespace Gateway.Benchmarks.Load;

/// <summary>Requests for messages, the same bytes in every run.</summary>
internal static class RequestBodies
{
    private const string Words = "Read the file before you change it, run the tests after, and say what you found in one sentence. ";

    /// <summary>A request of about so many bytes: one question, padded with words.</summary>
    public static byte[] OfSize(int bytes, bool stream)
    {
        var head = $$"""{"model":"claude-sonnet-4-5","max_tokens":1024,"stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":""" + "\"";
        const string Tail = "\"}]}";
        var text = new StringBuilder(head, bytes + Words.Length);
        while (text.Length < bytes - Tail.Length)
        {
            text.Append(Words);
        }

        text.Length = Math.Max(head.Length, bytes - Tail.Length);
        return Encoding.UTF8.GetBytes(text.Append(Tail).ToString());
    }
}
