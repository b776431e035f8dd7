using Gateway.Http.Wire;
using Gateway.Tests.Architecture;
using Gateway.Tests.Support;

namespace Gateway.Tests.Http.Wire;

[TestFixture]
internal sealed class RejectReasonTests
{
    private static readonly string[] Document =
        File.ReadAllLines(Path.Combine(SourceTree.Root, "docs", "wire-strictness.md"));

    private static IEnumerable<RejectReason> Reasons => Enum.GetValues<RejectReason>().Except([RejectReason.None]);

    [TestCaseSource(nameof(Reasons))]
    public void Tells_the_client_a_text_of_its_own_that_can_stand_in_JSON(RejectReason reason)
    {
        var text = Heads.Text(RejectReasons.TextOf(reason));
        Assert.That(text, Does.Match("^[ !#-\\[\\]-~]+\\.$"));
        Assert.That(Reasons.Count(other => Heads.Text(RejectReasons.TextOf(other)) == text), Is.EqualTo(1));
    }

    [TestCaseSource(nameof(Reasons))]
    public void Has_a_row_with_its_status_in_the_document(RejectReason reason)
    {
        var rows = Document.Where(line => line.Contains($"| `{reason}` |", StringComparison.Ordinal)).ToArray();
        Assert.That(rows, Has.Length.EqualTo(1));
        Assert.That(rows[0], Does.Contain($"| {RejectReasons.StatusOf(reason)} |"));
        Assert.That(rows[0], Does.Match("RFC \\d{4}"));
    }
}
