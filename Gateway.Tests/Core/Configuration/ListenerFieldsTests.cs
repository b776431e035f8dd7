using System.Net;
using System.Text.RegularExpressions;
using Gateway.Core.Configuration;

namespace Gateway.Tests.Core.Configuration;

[TestFixture]
internal sealed partial class ListenerFieldsTests
{
    private static IEnumerable<TestCaseData> Ranges() =>
        from field in ListenerFields.Table
        let range = Range().Match(field.Expected)
        where range.Success
        select new TestCaseData(field.Name, long.Parse(range.Groups[1].Value), long.Parse(range.Groups[2].Value));

    [TestCaseSource(nameof(Ranges))]
    public void A_number_keeps_to_its_range(string field, long least, long most) => Assert.Multiple(() =>
    {
        Assert.That(Errors(field, least), Is.Empty);
        Assert.That(Errors(field, most), Is.Empty);
        Assert.That(Errors(field, least - 1), Has.Count.EqualTo(1));
        Assert.That(Errors(field, most + 1), Has.Count.EqualTo(1));
    });

    [TestCaseSource(nameof(Ranges))]
    public void A_number_lands_in_its_own_property(string field, long least, long most)
    {
        _ = least;
        var read = ConfigText.Load($$"""{ "claude_gateway": { "{{field}}": {{most}} } }""").Listener;
        var changed = ListenerFields.Table.Where(row => row.Default(read) != row.Default(new ListenerConfig())).Select(row => row.Name);
        Assert.That(changed, Is.EqualTo([field]));
    }

    [TestCase("1.5")]
    [TestCase("\"1\"")]
    [TestCase("true")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("1e9999")]
    [TestCase("99999999999999999999999999999999999")]
    public void A_number_is_a_whole_number(string value) => Assert.That(
        ConfigText.PathsOfErrors($$"""{ "claude_gateway": { "port": {{value}} } }"""), Is.EqualTo(["$.claude_gateway.port"]));

    [TestCase("\"false\"")]
    [TestCase("0")]
    [TestCase("null")]
    public void A_flag_is_true_or_false(string value) => Assert.That(
        ConfigText.PathsOfErrors($$"""{ "claude_gateway": { "request_logging": {{value}} } }"""),
        Is.EqualTo(["$.claude_gateway.request_logging"]));

    [TestCase("127.0.0.1")]
    [TestCase("127.8.8.8")]
    [TestCase("::1")]
    public void Loopback_addresses_are_fine(string address) => Assert.That(
        ConfigText.Load($$"""{ "claude_gateway": { "bind_address": "{{address}}" } }""").Listener.BindAddress, Is.EqualTo(IPAddress.Parse(address)));

    [Test]
    public void Localhost_is_an_address() => Assert.That(
        ConfigText.Load("""{ "claude_gateway": { "bind_address": "localhost" } }""").Listener.BindAddress, Is.EqualTo(IPAddress.Loopback));

    [TestCase("1", "an IP address, such as 127.0.0.1 or ::1")]
    [TestCase("example.com", "an IP address, such as 127.0.0.1 or ::1")]
    [TestCase("", "an IP address, such as 127.0.0.1 or ::1")]
    public void Anything_else_is_no_address(string address, string expected) => Assert.That(
        ConfigText.Read($$"""{ "claude_gateway": { "bind_address": "{{address}}" } }""").Errors.Single().Expected, Is.EqualTo(expected));

    private static List<Gateway.Core.Schema.ConfigError> Errors(string field, long value) =>
        ConfigText.Read($$"""{ "claude_gateway": { "{{field}}": {{value}} } }""").Errors;

    [GeneratedRegex(@"^a whole number from (\d+) to (\d+)$")]
    private static partial Regex Range();
}
