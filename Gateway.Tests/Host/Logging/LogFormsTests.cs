using Gateway.Host.Logging;

namespace Gateway.Tests.Host.Logging;

[TestFixture]
internal sealed class LogFormsTests
{
    [TestCase(false, null, LogForm.Json)]
    [TestCase(false, "1", LogForm.Json)]
    [TestCase(true, null, LogForm.Coloured)]
    [TestCase(true, "", LogForm.Coloured)]
    [TestCase(true, "1", LogForm.Plain)]
    public void Machines_get_JSON_and_people_get_colours_unless_they_said_no(bool isTerminal, string? noColour, LogForm form) =>
        Assert.That(LogForms.Choose(isTerminal, noColour), Is.EqualTo(form));
}
