using Gateway.Host.Doctor;

namespace Gateway.Tests.Host.Doctor;

/// <summary>The checks that look at what is written, and at nothing else.</summary>
[TestFixture]
internal sealed class SettingChecksTests
{
    [TestCase("{}", Verdict.Fine)]
    [TestCase("""{ "providers": { "anthropic": { "api_key": "sk-ant-literal" } } }""", Verdict.Odd)]
    [TestCase("""{ "prot": 1 }""", Verdict.Broken)]
    public async Task The_configuration_is_examined(string config, Verdict worst) =>
        Assert.That((await Patient.With(config).VerdictsAsync<ConfigurationCheck>()).Max(), Is.EqualTo(worst));

    [Test]
    public async Task A_variable_that_sets_nothing_is_odd_and_the_nearest_is_named()
    {
        var finding = (await (Patient.With("{}") with { VariableNames = ["GATEWAY_PROT", "GATEWAY_PORT", "HOME"] }).ShownToAsync<VariablesCheck>()).Single();
        Assert.That((finding.Verdict, finding.Fix), Is.EqualTo((Verdict.Odd, "if it is meant for the gateway: GATEWAY_PORT (the nearest known name)")));
    }

    [TestCase("anthropic", "sk-ant-0123", Verdict.Fine)]
    [TestCase("anthropic", "sk-or-0123", Verdict.Broken)]
    [TestCase("anthropic", "Bearer:sk-ant-0123", Verdict.Broken)]
    [TestCase("groq", "gsk_0123", Verdict.Fine)]
    [TestCase("groq", "\"gsk_0123\"", Verdict.Broken)]
    [TestCase("zai", "as-the-vendor-likes", Verdict.Fine)]
    [TestCase("zai", "abc...", Verdict.Broken)]
    [TestCase("zai", null, Verdict.Odd)]
    public async Task A_key_is_one_of_its_vendor(string provider, string? key, Verdict verdict)
    {
        var patient = Patient.With($$"""{ "providers": { "{{provider}}": { "api_key": "${KEY}" } } }""", environment: name => name == "KEY" ? key : null);
        var finding = (await patient.ShownToAsync<KeyCheck>()).Single();
        Assert.That(finding.Verdict, Is.EqualTo(verdict), finding.Found);
        Assert.That(finding.ToString(), Does.Not.Contain(key ?? "nothing"));
    }

    [TestCase("\"preset\": \"openai\"", Verdict.Fine)]
    [TestCase("\"dialect\": \"openai\", \"base_url\": \"https://api.openai.com/v1\"", Verdict.Fine)]
    [TestCase("\"dialect\": \"openai\", \"base_url\": \"https://api.openai.com\"", Verdict.Broken)]
    [TestCase("\"dialect\": \"openai\", \"base_url\": \"https://api.anthropic.com\"", Verdict.Odd)]
    public async Task A_known_vendor_is_where_its_API_is(string fields, Verdict verdict) => Assert.That(
        await Patient.With($$"""{ "providers": { "p": { "api_key": "${KEY}", {{fields}} } } }""").VerdictsAsync<BaseUrlCheck>(), Is.EqualTo([verdict]));

    [Test]
    public async Task A_server_that_nobody_knows_may_be_anywhere() => Assert.That(
        await Patient.With("""{ "providers": { "p": { "api_key": "${KEY}", "base_url": "https://llm.example.com" } } }""").VerdictsAsync<BaseUrlCheck>(), Is.Empty);

    [TestCase("Max open files            1024                 1024                 files", Verdict.Odd)]
    [TestCase("Max open files            1024                 524288               files", Verdict.Fine)]
    [TestCase("Max open files            1024                 unlimited            files", Verdict.Fine)]
    [TestCase(null, Verdict.Skipped)]
    public async Task Each_connection_needs_two_files(string? limits, Verdict verdict) => Assert.That(
        await (Patient.With("""{ "claude_gateway": { "max_connections": 10000 } }""") with { Limits = limits }).VerdictsAsync<OpenFilesCheck>(), Is.EqualTo([verdict]));

    [Test]
    public async Task Without_a_configuration_nothing_else_is_looked_at() => Assert.That(
        (await Checkup.RunAsync(Patient.With("{ nothing") with { VariableNames = [] })).Select(finding => finding.Check), Is.EqualTo(["configuration"]));
}
