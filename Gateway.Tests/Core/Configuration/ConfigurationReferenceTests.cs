using Gateway.Core.Configuration;
using Gateway.Core.Schema;
using Gateway.Core.Translation;
using Gateway.Tests.Architecture;

namespace Gateway.Tests.Core.Configuration;

/// <summary>docs/configuration.md says what the reader does.</summary>
[TestFixture]
internal sealed class ConfigurationReferenceTests
{
    private static readonly string Reference = SourceTree.Read("docs/configuration.md");

    [Test]
    public void The_top_of_the_file_is_in_it() => Expect(GatewayFields.Table, GatewayConfig.Empty);

    [Test]
    public void The_listener_is_in_it() => Expect(ListenerFields.Table, new ListenerConfig());

    [Test]
    public void The_other_listeners_are_in_it()
    {
        Expect(OtherListenerFields.Secure, new SecureListenerConfig());
        Expect(OtherListenerFields.Management, new ManagementConfig());
    }

    [Test]
    public void Providers_are_in_it() => Expect(ProviderFields.Table, new ProviderConfig { Name = "p" });

    [Test]
    public void Passthrough_routes_are_in_it() => Expect(PassthroughFields.Table, PassthroughFields.Untouched);

    [Test]
    public void Facts_of_models_are_in_it() => Expect(ModelFields.Table, new ModelConfig());

    [Test]
    public void Keys_are_in_it() => Expect(KeyFields.Table, new KeyConfig());

    [Test]
    public void Clients_are_in_it() => Expect(ClientFields.Table, new ClientConfig());

    [Test]
    public void Budgets_are_in_it() => Expect(BudgetFields.Table, new BudgetConfig());

    [Test]
    public void The_log_file_is_in_it() => Expect(LogFields.File, new LogFileConfig());

    [Test]
    public void Capturing_is_in_it() => Expect(LogFields.Capture, new CaptureConfig());

    [Test]
    public void The_push_is_in_it() => Expect(OtlpFields.Table, new OtlpConfig());

    [Test]
    public void Prices_are_in_it()
    {
        Expect(PriceFields.Table, new PriceConfig());
        Expect(PriceFields.LongContext, new LongContextPrices());
    }

    [Test]
    public void Quirks_are_in_it() => Expect(QuirkFields.Table, new DialectProfile());

    [Test]
    public void Routes_are_in_it()
    {
        Expect(RouteFields.Table, new RouteConfig());
        Expect(ConditionFields.Table, new RouteConditions());
        Expect(TargetFields.Table, new TargetConfig());
    }

    [Test]
    public void Its_first_file_loads_and_the_shipped_one_too()
    {
        var first = Reference.Split("```json")[1].Split("```")[0];
        Assert.That(ConfigText.Load(first, ("ANTHROPIC_API_KEY", "k")).DefaultProvider, Is.EqualTo("anthropic"));
        Assert.That(ConfigText.Load(SourceTree.Read("gateway.json")).DefaultProvider, Is.EqualTo("synthetic"));
    }

    [Test]
    public void The_shipped_file_names_no_key_and_opens_no_passthrough()
    {
        var result = ConfigText.Read(SourceTree.Read("gateway.json"), othersCanRead: true);
        Assert.Multiple(() =>
        {
            Assert.That(result.Warnings, Is.Empty);
            Assert.That(result.SwitchedOff.Single().Key, Is.EqualTo("anthropic"));
            Assert.That(result.Config!.Passthroughs, Is.Empty);
        });
    }

    private static void Expect<TSection>(ConfigTable<TSection> table, TSection untouched)
    {
        var missing = from field in table
                      let row = $"| `{field.Name}` | {field.Expected} | `{field.Default(untouched)}` | {field.Meaning} |"
                      where !Reference.Contains(row + "\n", StringComparison.Ordinal)
                      select row;
        Assert.That(string.Join('\n', missing), Is.Empty, "Rows to put into docs/configuration.md.");
    }
}
