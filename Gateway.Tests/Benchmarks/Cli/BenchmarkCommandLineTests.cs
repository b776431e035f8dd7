using Gateway.Benchmarks.Cli;

namespace Gateway.Tests.Benchmarks.Cli;

/// <summary>What no option can mean is refused before anything is started.</summary>
internal sealed class BenchmarkCommandLineTests
{
    [TestCase("load --rounds 0", "--rounds: 0 was given, 1 to 1000 is expected")]
    [TestCase("load --clients -3", "--clients: -3 was given, 1 to 20000 is expected")]
    [TestCase("load --seconds NaN", "--seconds: NaN was given")]
    [TestCase("load --seconds 1e9", "--seconds: 1e9 was given")]
    [TestCase("load --rate 500 -5", "--rate: -5 was given")]
    [TestCase("load --rate Infinity", "--rate: Infinity was given")]
    [TestCase("load -w paced --streams 3", "--streams: 3 was given, 10 to 5000 is expected")]
    [TestCase("load -w failover --share 2", "--share: 2 was given, 0 to 1 is expected")]
    [TestCase("load --threads 0", "--threads: 0 was given")]
    [TestCase("load --server-threads -1", "--server-threads: -1 was given")]
    [TestCase("load --provider-port 70000", "--provider-port: 70000 was given, 0 to 65535 is expected")]
    [TestCase("load --replay x --speed 0", "--speed: 0 was given, 1 to 100 is expected")]
    [TestCase("load --target nowhere", "--target: nowhere was given")]
    [TestCase("load --rounds many", "many")]
    [TestCase("compare --with nginx,caddy", "--with: caddy was given, nginx, haproxy, yarp by comma are expected")]
    public void An_option_is_refused_by_name_with_what_is_expected(string command, string message) =>
        Assert.That(BenchmarkCommandLine.Root().Parse(command).Errors.Select(static error => error.Message), Has.Some.Contains(message));

    [TestCase("load --gateway /g -w 1k 40k --rate 1000 4000 --rounds 1 --seconds 0.05 --threads 2 --clients 7")]
    [TestCase("compare --gateway /g --with nginx,haproxy,yarp --yarp /y --server-threads 0")]
    [TestCase("load --gateway /g -w failover --fault close --share 0.02")]
    public void What_makes_sense_is_taken(string command) =>
        Assert.That(BenchmarkCommandLine.Root().Parse(command).Errors, Is.Empty);
}
