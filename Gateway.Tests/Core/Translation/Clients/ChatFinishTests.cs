using System.Text;
using Gateway.Core.Translation.Clients;

namespace Gateway.Tests.Core.Translation.Clients;

[TestFixture]
internal sealed class ChatFinishTests
{
    [TestCase("end_turn", false, "stop")]
    [TestCase("stop_sequence", false, "stop")]
    [TestCase("pause_turn", false, "stop")]
    [TestCase("something_new", false, "stop")]
    [TestCase("tool_use", true, "tool_calls")]
    [TestCase("end_turn", true, "tool_calls")]
    [TestCase("tool_use", false, "stop")]
    [TestCase("max_tokens", false, "length")]
    [TestCase("max_tokens", true, "length")]
    [TestCase("model_context_window_exceeded", false, "length")]
    [TestCase("refusal", true, "content_filter")]
    public void Says_why(string stopReason, bool hasCalls, string finish) => Assert.That(Name(stopReason, hasCalls, usesFunctions: false), Is.EqualTo(finish));

    [Test]
    public void Functions_of_old_have_their_own_word() => Assert.That(Name("tool_use", hasCalls: true, usesFunctions: true), Is.EqualTo("function_call"));

    private static string Name(string stopReason, bool hasCalls, bool usesFunctions) =>
        Encoding.UTF8.GetString(ChatFinish.Name(Encoding.UTF8.GetBytes(stopReason), hasCalls, usesFunctions));
}
