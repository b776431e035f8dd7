using System.Text;
using Gateway.Benchmarks.Provider;

namespace Gateway.Benchmarks.Replay;

/// <summary>An answer of the sizes of a recorded one: a delta for each piece, padded to its length. What is shorter than an event is an event.</summary>
internal static class RecordedScript
{
    /// <summary>The answer's pieces.</summary>
    public static StampedPiece[] Stream(RecordedExchange exchange)
    {
        var last = exchange.Pieces.Count - 1;
        return [.. exchange.Pieces.Select((piece, i) => Padded(MessagesScript.TextDelta(isFirst: i == 0, isLast: i == last), piece.Bytes))];
    }

    private static StampedPiece Padded(StampedPiece piece, int bytes)
    {
        var padding = bytes - piece.Length;
        return padding <= 0 ? piece : piece with { Before = [.. piece.Before, .. Encoding.ASCII.GetBytes(new string('.', padding))] };
    }
}
