using System.Text;
using Gateway.Core.Translation.Answers;

namespace Gateway.Tests.Core.Translation.Answers;

[TestFixture]
internal sealed class FinishReasonsTests
{
    [TestCase("length", StopReason.MaxTokens)]
    [TestCase("sensitive", StopReason.Refusal)]
    [TestCase("network_error", StopReason.Error)]
    [TestCase("insufficient_system_resource", StopReason.Error)]
    [TestCase("eos", StopReason.EndTurn)]
    public void Knows_what_providers_mean(string reason, StopReason expected) =>
        Assert.That(FinishReasons.Read(Encoding.UTF8.GetBytes(reason)), Is.EqualTo(expected));
}
