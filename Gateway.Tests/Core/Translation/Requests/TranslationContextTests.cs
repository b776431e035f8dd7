using System.Buffers;
using System.Text;
using Gateway.Core.Translation;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>The context starts every translation afresh.</summary>
[TestFixture]
internal sealed class TranslationContextTests
{
    [Test]
    public void Remembers_the_provider_of_this_translation_alone()
    {
        var context = new TranslationContext();
        foreach (var name in new[] { "a long name", "b", "" })
        {
            context.Begin(TranslationTarget.Chat, new DialectProfile(), Encoding.UTF8.GetBytes(name), new ArrayBufferWriter<byte>());
            Assert.That(Encoding.UTF8.GetString(context.ProviderName), Is.EqualTo(name));
            Assert.That(context.Dropped.Span.IsEmpty);
            context.Dropped.Add("lost"u8);
        }
    }

    [Test]
    public void Gives_the_provider_its_own_ids_back()
    {
        const string Messages = """[{"role":"assistant","content":[{"type":"tool_use","id":"gwid_ZnVuY3Rpb25zLkJhc2g6MA","name":"a.b","input":{}}]}]""";
        Assert.That(Translated.Messages(Messages), Does.Contain("\"id\":\"functions.Bash:0\"").And.Contains("\"tool_call_id\":\"functions.Bash:0\"")
            .And.Contains("\"name\":\"a_b_"));
    }
}
