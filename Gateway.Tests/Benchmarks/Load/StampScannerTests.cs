using System.Text;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Provider;

namespace Gateway.Tests.Benchmarks.Load;

internal sealed class StampScannerTests
{
    [Test]
    public void Finds_each_stamp_wherever_the_pieces_are_cut([Range(1, 40)] int pieceBytes)
    {
        var answer = Answer(11, 222, long.MaxValue);
        Assert.That(Scan(answer, pieceBytes), Is.EqualTo((long[])[11, 222, long.MaxValue]));
    }

    [TestCase("@123@")]
    [TestCase("an @ alone")]
    [TestCase("@0000000000000000000x@")]
    public void Passes_over_what_only_looks_like_one(string text) =>
        Assert.That(Scan([.. Encoding.UTF8.GetBytes(text), .. Answer(5)], 7), Is.EqualTo((long[])[5]));

    private static byte[] Answer(params long[] instants)
    {
        var piece = new StampedPiece("data: {\"text\":\""u8.ToArray(), " and so on\"}\n\n"u8.ToArray());
        var answer = new byte[instants.Length * piece.Length];
        for (var i = 0; i < instants.Length; i++)
        {
            piece.Write(answer.AsSpan(i * piece.Length), instants[i]);
        }

        return answer;
    }

    private static List<long> Scan(byte[] answer, int pieceBytes)
    {
        var found = new List<long>();
        var scanner = new StampScanner();
        foreach (var piece in answer.Chunk(pieceBytes))
        {
            ReadOnlySpan<byte> bytes = piece;
            while (scanner.TryFind(ref bytes, out var instant))
            {
                found.Add(instant);
            }
        }

        return found;
    }
}
