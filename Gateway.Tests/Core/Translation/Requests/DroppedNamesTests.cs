using System.Text;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>What got lost is told in a header that no request can break.</summary>
[TestFixture]
internal sealed class DroppedNamesTests
{
    [Test]
    public void Each_name_is_told_once() => Assert.That(All("a", "b_2", "a", "b"), Is.EqualTo("a,b_2,b"));

    [TestCase("")]
    [TestCase("a\r\nb")]
    [TestCase("a,b")]
    [TestCase("ü")]
    [TestCase("01234567890123456789012345678901234567890123456789012345678901234")]
    public void What_is_no_name_is_left_out(string name) => Assert.That(All(name), Is.Empty);

    [Test]
    public void The_list_ends_before_it_gets_long() =>
        Assert.That(All([.. Enumerable.Range(0, 1_000).Select(number => $"name_{number}")]), Has.Length.LessThanOrEqualTo(512));

    [Test]
    public void Forgets_on_demand()
    {
        var names = new DroppedNames();
        names.Add("a"u8);
        names.Clear();
        Assert.That(names.Span.IsEmpty);
    }

    private static string All(params string[] names)
    {
        var dropped = new DroppedNames();
        foreach (var name in names)
        {
            dropped.Add(Encoding.UTF8.GetBytes(name));
        }

        return Encoding.UTF8.GetString(dropped.Span);
    }
}
