using Gateway.Core.Configuration;
using Gateway.Tests.Core.Configuration;

namespace Gateway.Tests.Deploy;

/// <summary>docs/providers.md lists the vendors as their presets are.</summary>
[TestFixture]
internal sealed class ProviderDocumentTests
{
    private static readonly List<string[]> Rows = [.. DocumentTable.Rows("docs/providers.md", "preset")];

    [Test]
    public void Every_preset_has_its_row() =>
        Assert.That(Rows.Select(row => row[0].Trim('`')), Is.EqualTo(ProviderPresets.Names.Except(["custom"]).Order(StringComparer.Ordinal)), "custom is no vendor");

    [Test]
    public void A_row_says_what_the_preset_says() => Assert.Multiple(() =>
    {
        foreach (var row in Rows)
        {
            var preset = ConfigText.LoadProvider($"\"preset\": \"{row[0].Trim('`')}\", \"api_key\": \"k\"");
            Assert.That(
                (row[1], row[2].Trim('`'), row[3].Replace("`", "", StringComparison.Ordinal), row[4]),
                Is.EqualTo((
                    preset.Dialect switch { Dialect.OpenAi => "openai", Dialect.OpenAiResponses => "openai-responses", _ => "anthropic" },
                    preset.BaseUrl!.AbsoluteUri.TrimEnd('/'),
                    string.Join(' ', preset.Models),
                    preset.ContextWindow > 0 ? $"{preset.ContextWindow}" : "")),
                row[0]);
        }
    });
}
