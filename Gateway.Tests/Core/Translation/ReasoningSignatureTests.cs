using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Translation;

/// <summary>Reasoning packed for a provider comes back to that provider and to no other.</summary>
[TestFixture]
internal sealed class ReasoningSignatureTests
{
    [TestCase("\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"ü\"}]", "{\"provider\":\"openrouter\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"ü\"}]}")]
    [TestCase("", "{\"provider\":\"openrouter\"}")]
    public void Comes_back_to_its_provider(string members, string json)
    {
        var signature = Pack("openrouter", members);
        Assert.That(signature, Does.Match("^gw1\\.[A-Za-z0-9_-]+$"));
        Assert.That(Unpack(signature, "openrouter"), Is.EqualTo(json));
    }

    [Test]
    public void A_name_that_needs_escapes_is_recognised() =>
        Assert.That(Unpack(Pack("my \"own\" provider", ""), "my \"own\" provider"), Is.Not.Null);

    [Test]
    public void Another_provider_gets_nothing() => Assert.That(Unpack(Pack("a", "\"x\":1"), "b"), Is.Null);

    [TestCase("")]
    [TestCase("EpYBChIQAAAAAA==")]
    [TestCase("gw1.")]
    [TestCase("gw1.***")]
    public void A_foreign_signature_is_refused(string signature) => Assert.That(Unpack(signature, "a"), Is.Null);

    [TestCase("{\"provider\":\"a\",")]
    [TestCase("{\"provider\":\"a\"} {}")]
    [TestCase("[\"provider\",\"a\"]")]
    public void What_is_not_one_json_object_is_refused(string json) =>
        Assert.That(Unpack("gw1." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json)), "a"), Is.Null);

    [Test]
    public void A_signature_cut_at_any_byte_is_refused()
    {
        var signature = Pack("a", "\"x\":[1,2]");
        for (var length = 0; length < signature.Length; length++)
        {
            Assert.That(Unpack(signature[..length], "a"), Is.Null, $"cut at {length}");
        }
    }

    private static string Pack(string provider, string members)
    {
        var output = new ArrayBufferWriter<byte>();
        ReasoningSignature.Pack(Encoding.UTF8.GetBytes(provider), Encoding.UTF8.GetBytes(members), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string? Unpack(string signature, string provider)
    {
        var output = new ArrayBufferWriter<byte>();
        return ReasoningSignature.TryUnpack(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(provider), output)
            ? Encoding.UTF8.GetString(output.WrittenSpan)
            : null;
    }
}
