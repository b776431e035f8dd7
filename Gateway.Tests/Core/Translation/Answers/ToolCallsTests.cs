using System.Buffers;
using System.Text;
using Gateway.Core.Translation.Answers;

namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class ToolCallsTests
{
    [Test]
    public void Takes_another_id_on_a_used_index_for_another_call()
    {
        var calls = new ToolCalls();
        var first = calls.Match(0, 0, "a"u8, hasName: true);
        first.Id.Write("a"u8);
        Assert.That(calls.Match(0, 0, default, hasName: false), Is.SameAs(first));
        Assert.That(calls.Match(0, 0, "b"u8, hasName: true), Is.Not.SameAs(first));
    }

    [Test]
    public void Finds_each_of_very_many_again_and_knows_their_ids()
    {
        var calls = new ToolCalls();
        for (var at = 0; at < 2_000; at++)
        {
            var call = calls.Match(at, 0, default, hasName: true);
            call.ClientId.Write(Encoding.ASCII.GetBytes($"id_{at}"));
            call.IsOpened = true;
            calls.Give(call.ClientId.WrittenSpan);
        }

        Assert.Multiple(() =>
        {
            Assert.That(calls.Count, Is.EqualTo(2_000));
            Assert.That(calls.Match(7, 0, default, hasName: false), Is.SameAs(calls[7]));
            Assert.That(calls.Knows("id_0"u8, calls[1_999]), Is.True);
            Assert.That(calls.Knows("id_0"u8, calls[0]), Is.False, "its own");
            Assert.That(calls.Knows("id_2000"u8, calls[0]), Is.False);
            Assert.That(calls[1_999].Number, Is.EqualTo(2_000));
        });
        calls.Reset();
        Assert.That(calls.Knows("id_0"u8, new ToolCall()), Is.False);
    }
}
