using System.Buffers;
using System.Text;
using Gateway.Core.Translation;

namespace Gateway.Tests.Core.Translation;

/// <summary>Ids of tool calls survive the way to the client and back.</summary>
[TestFixture]
internal sealed class ProviderIdsTests
{
    [TestCase("call_abc-123")]
    [TestCase("toolu_01A09q90qw90lq917835lq9")]
    public void A_plain_id_passes(string id)
    {
        Assert.That(ToClient(id), Is.EqualTo(id));
        Assert.That(ToProvider(id), Is.EqualTo(id));
    }

    [TestCase("functions.Bash:0")]
    [TestCase("käse 1")]
    [TestCase("gwid_abc")]
    [TestCase("0123456789012345678901234567890123456789012345678901234567890123456789")]
    public void Any_other_id_is_wrapped_and_comes_back(string id)
    {
        var wrapped = ToClient(id);
        Assert.That(wrapped, Does.Match("^gwid_[A-Za-z0-9_-]+$"));
        Assert.That(ToProvider(wrapped), Is.EqualTo(id));
    }

    [TestCase("gwid_")]
    [TestCase("gwid_*")]
    public void What_was_never_wrapped_is_left_alone(string id) => Assert.That(ToProvider(id), Is.EqualTo(id));

    [TestCase("functions.Bash:0")]
    [TestCase("functions.Bash:10")]
    [TestCase("functions.Read:0")]
    [TestCase("a b")]
    [TestCase("a.b.")]
    public void One_of_two_equal_ids_stays_apart(string id)
    {
        foreach (var suffix in new[] { "_1", "_2", "_9", "_10", "_123" })
        {
            Assert.That(ToProvider(ToClient(id) + suffix), Is.EqualTo(ToClient(id) + suffix));
        }
    }

    [Test]
    public void An_empty_id_stays_empty() => Assert.That(ToClient(""), Is.Empty);

    private static string ToClient(string id)
    {
        var output = new ArrayBufferWriter<byte>();
        ProviderIds.ToClient(Encoding.UTF8.GetBytes(id), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string ToProvider(string id)
    {
        var output = new ArrayBufferWriter<byte>();
        ProviderIds.ToProvider(Encoding.UTF8.GetBytes(id), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
