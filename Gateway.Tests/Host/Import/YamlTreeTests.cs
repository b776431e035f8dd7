using Gateway.Host.Import;

namespace Gateway.Tests.Host.Import;

[TestFixture]
internal sealed class YamlTreeTests
{
    [TestCase("a: 1", """{"a":1}""")]
    [TestCase("a: '1'", """{"a":"1"}""")]
    [TestCase("a: -2.5", """{"a":-2.5}""")]
    [TestCase("a: yes", """{"a":"yes"}""")]
    [TestCase("a: True\nb: ~\nc:", """{"a":true,"b":null,"c":null}""")]
    [TestCase("- a\n- [b, {c: d}]", """["a",["b",{"c":"d"}]]""")]
    [TestCase("a: |\n  two\n  lines\n", """{"a":"two\nlines\n"}""")]
    [TestCase("a: &x {b: 1}\nc: *x", """{"a":{"b":1},"c":{"b":1}}""")]
    [TestCase("a: &x {b: 1, c: 2}\nd: {c: 3, <<: *x}", """{"a":{"b":1,"c":2},"d":{"c":3,"b":1}}""")]
    [TestCase("a: .inf", """{"a":".inf"}""")]
    public void Yaml_is_the_JSON_that_it_means(string yaml, string json) => Assert.That(YamlTree.Read(yaml)!.ToJsonString(), Is.EqualTo(json));

    [Test]
    public void An_empty_document_is_nothing() => Assert.That(YamlTree.Read("# nothing\n"), Is.Null);

    [TestCase("a: {")]
    [TestCase("a: 'b")]
    [TestCase("{[1]: 2}")]
    [TestCase("a: *nobody")]
    public void What_is_no_yaml_is_refused(string yaml) => Assert.That(() => YamlTree.Read(yaml), Throws.TypeOf<FormatException>());

    [Test]
    public void A_few_lines_cannot_unfold_to_more_than_memory_holds()
    {
        var lines = Enumerable.Range(1, 12).Select(level => $"a{level}: &a{level} [{string.Join(',', Enumerable.Repeat($"*a{level - 1}", 10))}]");
        Assert.That(() => YamlTree.Read($"a0: &a0 x\n{string.Join('\n', lines)}"), Throws.TypeOf<FormatException>().With.Message.Contains("unfolds"));
    }
}
