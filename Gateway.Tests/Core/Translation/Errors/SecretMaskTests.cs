using System.Text;
using Gateway.Core.Translation.Errors;

namespace Gateway.Tests.Core.Translation.Errors;

[TestFixture]
internal sealed class SecretMaskTests
{
    [TestCase("csk-1234567890")]
    [TestCase("gsk_12345678901234567890abcd")]
    [TestCase("xai-12345678901234567890abcd")]
    [TestCase("AIzaSy12345678901234567890")]
    public void Knows_the_keys_of_vendors(string key) =>
        Assert.That(Encoding.UTF8.GetString(SecretMask.Apply(Encoding.UTF8.GetBytes($"a {key} b"), default)), Is.EqualTo("a *** b"));

    [TestCase("task-12345 of x-ai/grok, xai-grok-4")]
    public void Hides_nothing_else(string text) =>
        Assert.That(Encoding.UTF8.GetString(SecretMask.Apply(Encoding.UTF8.GetBytes(text), default)), Is.EqualTo(text));

    [Test]
    public void Hides_keys() =>
        Assert.That(Encoding.UTF8.GetString(SecretMask.Apply("a sk-proj-12345 b key c"u8, "key"u8)), Is.EqualTo("a *** b *** c"));
}
