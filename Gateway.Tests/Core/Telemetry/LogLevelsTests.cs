using Gateway.Core.Telemetry;

namespace Gateway.Tests.Core.Telemetry;

[TestFixture]
internal sealed class LogLevelsTests
{
    [TestCase("debug", LogLevel.Debug)]
    [TestCase("Info", LogLevel.Info)]
    [TestCase("warning", LogLevel.Warning)]
    [TestCase("WARN", LogLevel.Warning)]
    [TestCase("error", LogLevel.Error)]
    public void An_operator_names_a_level_in_any_case(string name, LogLevel expected)
    {
        Assert.That(LogLevels.TryParse(name, out var level));
        Assert.That(level, Is.EqualTo(expected));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("loud")]
    [TestCase("1")]
    public void Other_names_are_refused(string? name) => Assert.That(LogLevels.TryParse(name, out _), Is.False);
}
