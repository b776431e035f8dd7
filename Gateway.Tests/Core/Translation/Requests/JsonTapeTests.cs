using System.Buffers;
using System.Text;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>The tape answers every question about a body and refuses what is none.</summary>
[TestFixture]
internal sealed class JsonTapeTests
{
    [Test]
    public void Walks_over_elements_and_members()
    {
        var tape = Read("""{"a":[1,{"b":[]},"x",true,false,null],"c":{}}""");
        var array = tape.Find(JsonTape.Root, "a"u8);
        var kinds = new List<TapeKind>();
        for (var item = JsonTape.First(array); item < tape.End(array); item = tape.Next(item))
        {
            kinds.Add(tape.Kind(item));
        }

        Assert.That(kinds, Is.EqualTo((TapeKind[])[TapeKind.Number, TapeKind.Object, TapeKind.String, TapeKind.True, TapeKind.False, TapeKind.Null]));
        Assert.That(Encoding.UTF8.GetString(tape.Raw(array)), Is.EqualTo("""[1,{"b":[]},"x",true,false,null]"""));
        Assert.That(tape.Next(JsonTape.First(JsonTape.Root) + 1), Is.EqualTo(tape.Find(JsonTape.Root, "c"u8) - 1));
    }

    [Test]
    public void Keeps_a_string_as_it_came_and_knows_what_it_says()
    {
        var tape = Read("""{"\u0061":"q\"\u00fc\n"}""");
        var node = tape.Find(JsonTape.Root, "a"u8);
        Assert.That(Encoding.UTF8.GetString(tape.Raw(node)), Is.EqualTo("""q\"\u00fc\n"""));
        Assert.That(Encoding.UTF8.GetString(tape.RawValue(node)), Is.EqualTo("""
            "q\"\u00fc\n"
            """));
        Assert.That(Encoding.UTF8.GetString(tape.Text(node)), Is.EqualTo("q\"ü\n"));
        Assert.That(tape.Is(node, "q\"ü\n"u8));
    }

    [Test]
    public void Of_two_members_with_one_name_the_last_counts()
    {
        var tape = Read("""{"a":1,"a":2}""");
        Assert.That(tape.Raw(tape.Find(JsonTape.Root, "a"u8)).SequenceEqual("2"u8));
    }

    [Test]
    public void A_node_that_is_not_there_is_nothing()
    {
        var tape = Read("{}");
        var none = tape.Find(JsonTape.Root, "a"u8);
        Assert.That(none, Is.EqualTo(JsonTape.None));
        Assert.That(tape.Kind(none), Is.EqualTo(TapeKind.None));
        Assert.That(tape.Find(none, "b"u8), Is.EqualTo(JsonTape.None));
        Assert.That(tape.Text(none).IsEmpty);
        Assert.That(tape.HasText(none), Is.False);
        Assert.That(JsonTape.First(none), Is.EqualTo(tape.End(none)));
        Assert.That(JsonTape.First(none), Is.EqualTo(tape.EndOfMembers(none)));
    }

    [Test]
    public void Half_a_surrogate_pair_does_no_harm()
    {
        var tape = Read("""{"a":"\ud800"}""");
        Assert.That(Encoding.UTF8.GetString(tape.Text(tape.Find(JsonTape.Root, "a"u8))), Is.EqualTo("\\ud800"));
    }

    [Test]
    public void A_byte_order_mark_is_skipped() => Assert.That(Read("\uFEFF{\"a\":1}").Find(JsonTape.Root, "a"u8), Is.GreaterThan(0));

    [Test]
    public void A_body_cut_at_any_byte_is_refused()
    {
        const string Body = """{"a":[1,{"b":"c\u00fc"}],"d":null}""";
        for (var length = 0; length < Body.Length; length++)
        {
            Assert.That(new JsonTape().TryRead(Sequence(Body[..length])), Is.False, $"cut at {length}");
        }
    }

    [TestCase("[]")]
    [TestCase("\"text\"")]
    [TestCase("{} {}")]
    public void What_is_not_one_object_is_refused(string body) => Assert.That(new JsonTape().TryRead(Sequence(body)), Is.False);

    [Test]
    public void Too_deep_a_body_is_refused()
    {
        var body = "{\"a\":" + new string('[', JsonTape.MaxDepth) + new string(']', JsonTape.MaxDepth) + "}";
        Assert.That(new JsonTape().TryRead(Sequence(body)), Is.False);
    }

    [Test]
    public void Grows_with_the_body_and_may_be_used_again()
    {
        var tape = new JsonTape();
        foreach (var count in new[] { 5_000, 3 })
        {
            Assert.That(tape.TryRead(Sequence("{\"a\":[" + string.Join(',', Enumerable.Repeat("0", count)) + "]}")));
            var array = tape.Find(JsonTape.Root, "a"u8);
            Assert.That(tape.End(array) - JsonTape.First(array), Is.EqualTo(count));
            tape.Release();
        }
    }

    private static JsonTape Read(string body)
    {
        var tape = new JsonTape();
        Assert.That(tape.TryRead(Sequence(body)));
        return tape;
    }

    private static ReadOnlySequence<byte> Sequence(string body) => new(Encoding.UTF8.GetBytes(body));
}
