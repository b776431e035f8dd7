using System.Buffers;
using System.Text;
using Gateway.Core.Translation;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>The effort a request asks for, and the provider's word for it.</summary>
[TestFixture]
internal sealed class EffortRulesTests
{
    [TestCase("", Effort.Unset)]
    [TestCase("""
        "output_config":{"effort":"xhigh"}
        """, Effort.XHigh)]
    [TestCase("""
        "output_config":{"effort":"no such"}
        """, Effort.Unset)]
    [TestCase("""
        "thinking":{"type":"disabled"},"output_config":{"effort":"high"}
        """, Effort.None)]
    [TestCase("""
        "thinking":{"type":"adaptive"}
        """, Effort.High)]
    [TestCase("""
        "thinking":{"type":"adaptive"},"output_config":{"effort":"low"}
        """, Effort.Low)]
    [TestCase("""
        "thinking":{"type":"enabled","budget_tokens":1024}
        """, Effort.Low)]
    [TestCase("""
        "thinking":{"type":"enabled","budget_tokens":1025}
        """, Effort.Medium)]
    [TestCase("""
        "thinking":{"type":"enabled","budget_tokens":24576}
        """, Effort.High)]
    [TestCase("""
        "thinking":{"type":"enabled","budget_tokens":31999}
        """, Effort.XHigh)]
    [TestCase("""
        "thinking":{"type":"enabled","budget_tokens":"?"}
        """, Effort.High)]
    public void Is_read_in_order_of_precedence(string members, Effort effort) => Assert.That(Asked(Translated.With(members)), Is.EqualTo(effort));

    [Test]
    public void The_last_message_overrides_the_request() => Assert.That(
        Asked(Translated.Request(
            """[{"role":"user","content":"x"},{"role":"system","content":"s","output_config":{"effort":"low"}}]""",
            """
            "output_config":{"effort":"max"}
            """)),
        Is.EqualTo(Effort.Low));

    [TestCase(Effort.Minimal, "", "low")]
    [TestCase(Effort.Medium, "", "medium")]
    [TestCase(Effort.Max, "", "high")]
    [TestCase(Effort.Max, "none,low,high,xhigh", "xhigh")]
    [TestCase(Effort.Medium, "low,high,max", "high")]
    [TestCase(Effort.Low, "high,max", "high")]
    [TestCase(Effort.XHigh, "high,max", "max")]
    [TestCase(Effort.Low, "none", "")]
    public void Becomes_the_nearest_level_above(Effort effort, string levels, string word) => Assert.That(
        Encoding.UTF8.GetString(EffortRules.LevelFor(effort, Profile(levels))),
        Is.EqualTo(word));

    [TestCase("none,low", true)]
    [TestCase("low", false)]
    [TestCase("", false)]
    public void Knows_whether_thinking_can_be_switched_off(string levels, bool hasOff) =>
        Assert.That(EffortRules.HasOff(Profile(levels)), Is.EqualTo(hasOff));

    private static DialectProfile Profile(string levels) =>
        new() { EffortLevels = levels.Split(',', StringSplitOptions.RemoveEmptyEntries) };

    private static Effort Asked(string request)
    {
        var tape = new JsonTape();
        Assert.That(tape.TryRead(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(request))));
        var facts = new RequestFacts();
        facts.Read(tape);
        return EffortRules.Asked(tape, facts);
    }
}
