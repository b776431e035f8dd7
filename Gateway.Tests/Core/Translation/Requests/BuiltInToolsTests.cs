using System.Text;
using System.Text.Json;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>Anthropic's client tools have a schema that any model can follow.</summary>
[TestFixture]
internal sealed class BuiltInToolsTests
{
    [TestCase("bash_20250124", "command")]
    [TestCase("text_editor_20250728", "view_range")]
    [TestCase("memory_20250818", "new_path")]
    public void Has_a_schema(string type, string property)
    {
        var bytes = Encoding.UTF8.GetBytes(type);
        Assert.That(BuiltInTools.Has(bytes));
        Assert.That(BuiltInTools.Description(bytes).IsEmpty, Is.False);
        using var schema = JsonDocument.Parse(Encoding.UTF8.GetString(BuiltInTools.Parameters(bytes)));
        Assert.That(schema.RootElement.GetProperty("type").GetString(), Is.EqualTo("object"));
        Assert.That(schema.RootElement.GetProperty("properties").TryGetProperty(property, out _));
    }

    [TestCase("web_search_20250305")]
    [TestCase("computer_20250124")]
    [TestCase("custom")]
    [TestCase("")]
    public void Knows_no_other(string type)
    {
        Assert.That(BuiltInTools.Has(Encoding.UTF8.GetBytes(type)), Is.False);
        Assert.That(BuiltInTools.Description(Encoding.UTF8.GetBytes(type)).IsEmpty);
    }
}
