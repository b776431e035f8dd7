using Gateway.Core.Schema;

namespace Gateway.Tests.Core.Schema;

[TestFixture]
internal sealed class SpellingTests
{
    [TestCase("", "", 0)]
    [TestCase("port", "port", 0)]
    [TestCase("Port", "port", 0)]
    [TestCase("prot", "port", 1)]
    [TestCase("port", "ports", 1)]
    [TestCase("prt", "port", 1)]
    [TestCase("pert", "port", 1)]
    [TestCase("", "port", 4)]
    [TestCase("kitten", "sitting", 3)]
    public void A_distance_counts_changes(string from, string to, int distance) => Assert.Multiple(() =>
    {
        Assert.That(Spelling.Distance(from, to), Is.EqualTo(distance));
        Assert.That(Spelling.Distance(to, from), Is.EqualTo(distance));
    });

    [Test]
    public void The_nearest_name_is_found() => Assert.That(
        Spelling.Nearest("bind_adress", ["port", "bind_address", "log_level"]), Is.EqualTo("bind_address (the nearest known name)"));

    [Test]
    public void A_name_that_is_near_to_none_gets_them_all() => Assert.That(
        Spelling.Nearest("colour", ["port", "bind_address"]), Is.EqualTo("one of bind_address, port"));

    [Test]
    public void Nothing_known_is_no_trouble() => Assert.That(Spelling.Nearest("x", []), Is.EqualTo("one of "));
}
