using System.Buffers;
using System.Text;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>Names that providers refuse go by an alias and come back.</summary>
[TestFixture]
internal sealed class ToolNamesTests
{
    private static readonly string Long = "mcp__server__" + new string('x', 90);

    [Test]
    public void A_plain_name_stays() => Assert.That(Written("mcp__jira__create-2"), Is.EqualTo("mcp__jira__create-2"));

    [TestCase("a.b/c")]
    [TestCase("käse")]
    [TestCase("")]
    public void Any_other_name_gets_an_alias(string name)
    {
        var alias = Written(name);
        Assert.That(alias, Does.Match("^[a-zA-Z0-9_-]{1,64}$"));
        Assert.That(Written(name), Is.EqualTo(alias));
    }

    [Test]
    public void Long_names_stay_apart()
    {
        Assert.That(Written(Long), Has.Length.EqualTo(64));
        Assert.That(Written(Long), Is.Not.EqualTo(Written(Long + "y")));
    }

    [Test]
    public void An_alias_leads_back_to_the_name()
    {
        var names = new ToolNames();
        names.Add("plain"u8);
        names.Add(Encoding.UTF8.GetBytes(Long));
        Assert.That(names.TryRestore(Encoding.UTF8.GetBytes(Written(Long)), out var original));
        Assert.That(Encoding.UTF8.GetString(original), Is.EqualTo(Long));
        Assert.That(names.TryRestore("plain"u8, out _), Is.False);
    }

    [Test]
    public void Knows_what_was_offered()
    {
        var names = new ToolNames();
        names.Add("plain"u8);
        names.Add("a.b"u8);
        Assert.That(names.Offers("plain"u8));
        Assert.That(names.Offers("a.b"u8));
        Assert.That(names.Offers(Encoding.UTF8.GetBytes(Written("a.b"))));
        Assert.That(names.Offers("other"u8), Is.False);
        names.Clear();
        Assert.That(names.Offers("plain"u8), Is.False);
    }

    private static string Written(string name)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var output = new JsonOutput();
        output.Begin(buffer);
        ToolNames.Write(Encoding.UTF8.GetBytes(name), output);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
