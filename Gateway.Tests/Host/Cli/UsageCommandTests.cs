using Gateway.Host.Cli;

namespace Gateway.Tests.Host.Cli;

[TestFixture]
internal sealed class UsageCommandTests
{
    private readonly string _state = Directory.CreateTempSubdirectory("gateway-usage").FullName;

    [OneTimeSetUp]
    public void WriteLedger()
    {
        File.WriteAllLines(Path.Combine(_state, "usage-2026-11-22.jsonl"),
        [
            """{"ts":"2026-11-22T10:00:00.000Z","level":"info","event":"usage","provider":"a","model":"m1","client":"alice","input_tokens":10,"output_tokens":5,"cost_micro_usd":2000000}""",
            """{"ts":"2026-11-22T11:00:00.000Z","level":"info","event":"usage","provider":"b","model":"m1","input_tokens":1,"output_tokens":1,"cache_read_tokens":7}""",
            """{"ts":"2026-11-22T11:00:00.000Z","level":"info","event":"usa""",
        ]);
        File.WriteAllText(Path.Combine(_state, "usage-2026-11-23.jsonl"),
            """{"ts":"2026-11-23T00:00:00.000Z","level":"info","event":"usage","provider":"a","model":"m2","client":"alice","input_tokens":1,"output_tokens":1,"cost_micro_usd":500000}""" + "\n");
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_state, recursive: true);

    [TestCase("provider", "a 2 11 6 0 0 2.5000", "b 1 1 1 7 0 0.0000")]
    [TestCase("model", "m1 2 11 6 7 0 2.0000", "m2 1 1 1 0 0 0.5000")]
    [TestCase("client", "alice 2 11 6 0 0 2.5000", "(nobody) 1 1 1 7 0 0.0000")]
    [TestCase("day", "2026-11-22 2 11 6 7 0 2.0000", "2026-11-23 1 1 1 0 0 0.5000")]
    public void Adds_up_the_ledger(string by, params string[] rows)
    {
        var lines = Run("usage", "--by", by).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines.Skip(1).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))), Is.EqualTo(rows));
    }

    [Test]
    public void Looks_back_as_far_as_it_is_told() =>
        Assert.That(Run("usage", "--days", "1", "--json"), Does.Contain("\"requests\":1").And.Contain("\"cost_usd\":0.5"));

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("all")]
    public void A_number_of_days_is_a_number(string days)
    {
        using var errors = new StringWriter();
        Assert.That(GatewayCommandLine.Run(["usage", "--days", days], new Surroundings { Output = TextWriter.Null, Errors = errors }), Is.EqualTo(ExitCodes.Usage));
        Assert.That(errors.ToString(), Does.Contain("--days"));
    }

    private string Run(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = GatewayCommandLine.Run(args, new Surroundings
        {
            Output = output,
            Errors = errors,
            Environment = name => name == "GATEWAY_STATE_DIR" ? _state : null,
            Time = new FixedTime(),
        });
        Assert.That((code, errors.ToString()), Is.EqualTo((0, "")));
        return output.ToString();
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    }
}
