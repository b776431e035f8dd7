using System.Text;
using Gateway.Core.Translation.Answers;

namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class ToolCallTests
{
    [Test]
    public void Drops_what_follows_the_value()
    {
        var call = new ToolCall();
        call.Begin(0, 1);
        call.AddEscaped("{\\\"a\\\":1}{"u8);
        Assert.That(call.IsComplete);
        Assert.That(Encoding.UTF8.GetString(call.Waiting), Is.EqualTo("{\"a\":1}"));
    }

    [Test]
    public void Passes_no_null()
    {
        var call = new ToolCall();
        call.Begin(0, 1);
        call.AddEscaped("null"u8);
        Assert.That(call.MayPass(isFinal: true), Is.False);
    }
}
