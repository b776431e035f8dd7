using System.Buffers;
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
}
