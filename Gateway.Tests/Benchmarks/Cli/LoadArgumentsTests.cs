using System.CommandLine;
using Gateway.Benchmarks.Cli;

namespace Gateway.Tests.Benchmarks.Cli;

/// <summary>What would be ignored is refused: whoever says it expects something of it.</summary>
internal sealed class LoadArgumentsTests
{
    [TestCase("--target http://127.0.0.1:1 --provider-port 9 --gateway /g", "--target was given, and --gateway as well")]
    [TestCase("--target http://127.0.0.1:1", "--target was given, and --provider-port is expected")]
    [TestCase("--i-own-this-target", "--i-own-this-target was given, and --target is expected")]
    [TestCase("--speed 2", "--speed was given, and --replay is expected")]
    [TestCase("--streams 50", "--streams was given, and the workload paced is expected")]
    [TestCase("-w 1k --fault close", "--fault was given, and the workload failover is expected")]
    [TestCase("-w 1k --share 0.1", "--share was given, and the workload failover is expected")]
    [TestCase("-w failover --target http://127.0.0.1:1 --provider-port 9", "--target was given, and the workload failover")]
    [TestCase("--target http://127.0.0.1:1 --provider-port 9 --server-threads 2", "--server-threads was given, and --gateway is expected")]
    [TestCase("--target http://127.0.0.1:1 --provider-port 9 --profile", "--profile was given, and --gateway is expected")]
    public void Options_that_do_not_go_together_are_named(string options, string message) => Assert.That(Contradiction(options), Does.StartWith(message));

    [TestCase("--replay FILE -w 1k", "--workload was given, and --replay as well")]
    [TestCase("--replay FILE --rate 5", "--rate was given, and --replay as well")]
    [TestCase("--replay FILE --speed 5 --rounds 1 --seconds 0.05", null)]
    public void A_capture_brings_what_is_sent_and_when(string options, string? message)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{"at_us":1000000,"status":200,"stream":false,"request_bytes":90,"pieces":[5000,1046]}""" + "\n");
        var contradiction = Contradiction(options.Replace("FILE", file, StringComparison.Ordinal));
        File.Delete(file);
        Assert.That(contradiction, message is null ? Is.Null : Does.StartWith(message));
    }

    [TestCase("--gateway /g -w paced 1k --streams 50")]
    [TestCase("--gateway /g --provider-port 9 --server-threads 1")]
    [TestCase("--target http://127.0.0.1:1 --provider-port 9")]
    public void All_others_do(string options) => Assert.That(Contradiction(options), Is.Null);

    private static string? Contradiction(string options)
    {
        var command = new Command("load");
        var arguments = new LoadArguments(command, withPeers: false);
        var parsed = command.Parse(options);
        Assert.That(parsed.Errors, Is.Empty);
        return arguments.Contradiction(parsed, arguments.Read(parsed));
    }
}
