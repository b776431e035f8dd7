using System.Text;
using Gateway.Core.Relay;
using Gateway.Core.Telemetry;

namespace Gateway.Tests.Core.Relay;

/// <summary>Everything a tap says at the end of an answer, as one comparable value.</summary>
internal readonly record struct AnswerSummary(
    bool AtEventBoundary,
    bool MessageStarted,
    bool ContentStarted,
    bool MessageStopped,
    bool HasError,
    Usage Usage,
    string StopReason,
    string ErrorType,
    string Model,
    string Signatures,
    long Events,
    long Bytes)
{
    /// <summary>What a tap says that sees the answer in pieces of one size.</summary>
    public static AnswerSummary InPieces(AnswerKind kind, ReadOnlySpan<byte> answer, int size)
    {
        var tap = new AnswerTap();
        tap.Begin(kind);
        for (var at = 0; at < answer.Length; at += size)
        {
            tap.Observe(answer[at..Math.Min(answer.Length, at + size)]);
        }

        tap.End();
        return Of(tap);
    }

    /// <summary>What a tap says that sees the answer in two pieces.</summary>
    public static AnswerSummary CutAt(AnswerKind kind, ReadOnlySpan<byte> answer, int cut)
    {
        var tap = new AnswerTap();
        tap.Begin(kind);
        tap.Observe(answer[..cut]);
        tap.Observe(answer[cut..]);
        tap.End();
        return Of(tap);
    }

    /// <summary>What a tap says that sees the answer whole.</summary>
    public static AnswerSummary Whole(AnswerKind kind, string answer) =>
        CutAt(kind, Encoding.UTF8.GetBytes(answer), 0);

    private static AnswerSummary Of(AnswerTap tap) => new(
        tap.AtEventBoundary,
        tap.MessageStarted,
        tap.ContentStarted,
        tap.MessageStopped,
        tap.HasError,
        tap.Usage,
        Encoding.UTF8.GetString(tap.StopReason),
        Encoding.UTF8.GetString(tap.ErrorType),
        Encoding.UTF8.GetString(tap.Model),
        string.Join(' ', tap.Signatures.ToArray()),
        tap.Events,
        tap.Bytes);
}
