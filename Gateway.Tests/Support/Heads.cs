using System.Text;
using Gateway.Http.Wire;

namespace Gateway.Tests.Support;

/// <summary>Judges heads the way a connection does: the boundary first, the parser when it has found the end.</summary>
internal static class Heads
{
    /// <summary>The limits of a gateway that was configured with none.</summary>
    public static HttpLimits Limits { get; } = new();

    /// <summary>One byte per character, so that a test can write any byte.</summary>
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>And back.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>A request head that must be accepted.</summary>
    public static RequestHead Request(string text)
    {
        var head = new RequestHead(new FieldMemory());
        Assert.That(head.Parse(Bytes(text), Limits), Is.EqualTo(RejectReason.None), text);
        return head;
    }

    /// <summary>A response head that must be accepted.</summary>
    public static ResponseHead Response(string text, bool requestWasHead = false)
    {
        var head = new ResponseHead(new FieldMemory());
        Assert.That(head.Parse(Bytes(text), requestWasHead, Limits), Is.EqualTo(RejectReason.None), text);
        return head;
    }

    /// <summary>The fields of a request that must be accepted.</summary>
    public static HeaderTable Fields(string lines) => Request($"GET / HTTP/1.1\r\nHost: a\r\n{lines}\r\n").Headers;

    /// <summary>What becomes of a request whose bytes arrive in these pieces; null while more are needed.</summary>
    public static RejectReason? RequestVerdict(HttpLimits limits, params ReadOnlySpan<byte[]> pieces) =>
        Verdict(HeadBoundary.ForRequest(), limits, head => new RequestHead(new FieldMemory()).Parse(head, limits), pieces);

    /// <summary>What becomes of a response whose bytes arrive in these pieces; null while more are needed.</summary>
    public static RejectReason? ResponseVerdict(HttpLimits limits, params ReadOnlySpan<byte[]> pieces) =>
        Verdict(HeadBoundary.ForResponse(), limits, head => new ResponseHead(new FieldMemory()).Parse(head, false, limits), pieces);

    /// <summary>The same bytes, cut in two at each place (of long ones, at some), and last into single bytes.</summary>
    public static IEnumerable<byte[][]> Cuts(byte[] bytes)
    {
        const int Long = 1000;
        var step = bytes.Length > Long ? bytes.Length / 20 : 1;
        for (var at = 0; at <= bytes.Length; at += step)
        {
            yield return [bytes[..at], bytes[at..]];
        }

        yield return [.. bytes.Select(value => new[] { value })];
    }

    private static RejectReason? Verdict(
        HeadBoundary boundary, HttpLimits limits, Func<byte[], RejectReason> parse, ReadOnlySpan<byte[]> pieces)
    {
        var received = new List<byte>();
        foreach (var piece in pieces)
        {
            var status = boundary.Examine(piece, limits, out var end, out var reason);
            if (status == ParseStatus.Rejected)
            {
                return reason;
            }

            received.AddRange(status == ParseStatus.Done ? piece[..end] : piece);
            if (status == ParseStatus.Done)
            {
                return parse([.. received]);
            }
        }

        return null;
    }
}
