using System.Buffers;
using System.Text;
using Gateway.Core.Translation.Requests;

namespace Gateway.Tests.Core.Translation.Requests;

/// <summary>Each call takes its own result, and each result answers one call.</summary>
[TestFixture]
internal sealed class ToolResultsTests
{
    [TestCase("a b c", "a b c", "a b c")]
    [TestCase("a b c", "c a b", "a b c")]
    [TestCase("a b", "b", "- b")]
    [TestCase("a a", "a a", "a a")]
    [TestCase("a a", "a", "a -")]
    [TestCase("", "a", "")]
    public void Finds_results(string calls, string results, string taken)
    {
        var callIds = calls.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var blocks = string.Join(',', results.Split(' ').Select(id => $$"""{"type":"tool_result","tool_use_id":"{{id}}"}"""));
        var ids = string.Join(',', callIds.Select(id => $"\"{id}\""));
        var tape = new JsonTape();
        Assert.That(tape.TryRead(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(
            $$"""{"ids":[{{ids}}],"messages":[{"content":[{{blocks}}]},{"content":"s"}]}"""))));
        var messages = tape.Find(JsonTape.Root, "messages"u8);
        var found = new ToolResults(tape);
        found.Gather(JsonTape.First(messages), tape.End(messages));

        var got = new List<string>();
        var list = tape.Find(JsonTape.Root, "ids"u8);
        for (var id = JsonTape.First(list); id < tape.End(list); id = tape.Next(id))
        {
            var block = found.Take(id);
            Assert.That(block == JsonTape.None || found.IsTaken(block));
            got.Add(block == JsonTape.None ? "-" : Encoding.UTF8.GetString(tape.Raw(tape.Find(block, "tool_use_id"u8))));
        }

        Assert.That(string.Join(' ', got), Is.EqualTo(taken));
        Assert.That(found.IsTaken(JsonTape.Root), Is.False);
    }
}
