using System.Buffers;
using Gateway.Core.Telemetry;

namespace Gateway.Tests.Core.Telemetry;

/// <summary>Pieces, as they left, and never more of them than there is room for.</summary>
[TestFixture]
internal sealed class AnswerTrailTests
{
    [Test]
    public void What_leaves_in_one_turn_is_one_piece()
    {
        var trail = Begun();

        trail.Add(new byte[10], turn: 1, microseconds: 100);
        trail.Add(new byte[5], turn: 1, microseconds: 101);
        trail.Add(new byte[7], turn: 2, microseconds: 150);

        Assert.That(trail.Pieces.ToArray().Select(static piece => (piece.GapMicroseconds, piece.Bytes)), Is.EqualTo(((long, int)[])[(100, 15), (50, 7)]));
    }

    [Test]
    public void Beyond_the_most_pieces_are_only_counted()
    {
        var trail = Begun();

        for (var turn = 0; turn < AnswerTrail.MostPieces + 3; turn++)
        {
            trail.Add(new byte[1], turn, turn);
        }

        Assert.That((trail.Pieces.Length, trail.Beyond), Is.EqualTo((AnswerTrail.MostPieces, 3)));
    }

    [Test]
    public void Bodies_are_kept_up_to_their_bound()
    {
        var trail = new AnswerTrail(keepsBodies: true);
        trail.Begin(isStreaming: true, messages: 1, tools: 0, new ReadOnlySequence<byte>(new byte[AnswerTrail.MostBodyBytes + 1]));

        trail.Add("hello"u8, 1, 1);
        trail.Add(new byte[AnswerTrail.MostBodyBytes], 2, 2);

        Assert.That((trail.Request.Length, trail.Answer.Length), Is.EqualTo((AnswerTrail.MostBodyBytes, AnswerTrail.MostBodyBytes)));
    }

    [Test]
    public void The_next_exchange_begins_with_nothing()
    {
        var trail = new AnswerTrail(keepsBodies: true);
        trail.Begin(isStreaming: true, messages: 1, tools: 0, new ReadOnlySequence<byte>(new byte[3]));
        trail.Add(new byte[10], 1, 100);

        trail.Clear();

        Assert.That((trail.IsOn, trail.Pieces.Length, trail.Request.Length, trail.Answer.Length), Is.EqualTo((false, 0, 0, 0)));
    }

    private static AnswerTrail Begun()
    {
        var trail = new AnswerTrail(keepsBodies: false);
        trail.Begin(isStreaming: true, messages: 1, tools: 0, ReadOnlySequence<byte>.Empty);
        return trail;
    }
}
