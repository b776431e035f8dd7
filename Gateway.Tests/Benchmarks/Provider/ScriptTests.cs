using System.Text;
using System.Text.Json;
using Gateway.Benchmarks.Provider;

namespace Gateway.Tests.Benchmarks.Provider;

/// <summary>What the scripted provider says is what a real one could say.</summary>
internal sealed class ScriptTests
{
    [Test]
    public void A_turn_thinks_talks_and_calls_a_tool([Values(1, 4, 5, 20, 203)] int events)
    {
        var documents = Documents(MessagesScript.Stream(events));
        var deltas = documents.Where(document => Type(document) == "content_block_delta").ToArray();
        var indices = documents.Where(document => Type(document) == "content_block_start").Select(document => document.GetProperty("index").GetInt32());
        Assert.Multiple(() =>
        {
            Assert.That(deltas.Count(delta => delta.GetRawText().Contains('@', StringComparison.Ordinal)), Is.EqualTo(events));
            Assert.That(indices, Is.EqualTo(Enumerable.Range(0, events < 5 ? 1 : 3)));
            Assert.That(Type(documents[0]), Is.EqualTo("message_start"));
            Assert.That(Type(documents[^1]), Is.EqualTo("message_stop"));
        });
    }

    [Test]
    public void The_pieces_of_a_tools_arguments_are_one_object()
    {
        var arguments = string.Concat(Documents(MessagesScript.Stream(50))
            .Where(document => document.GetRawText().Contains("partial_json", StringComparison.Ordinal))
            .Select(document => document.GetProperty("delta").GetProperty("partial_json").GetString()));
        using var call = JsonDocument.Parse(arguments);
        Assert.That(call.RootElement.GetProperty("command").GetString(), Does.StartWith("@").And.EndWith("@"));
    }

    [Test]
    public void Chunks_of_a_completion_hold_one_delta_each([Values(1, 5, 203)] int events)
    {
        var text = Text(CompletionsScript.Stream(events));
        var chunks = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        var documents = chunks[..^1].Select(chunk => JsonDocument.Parse(chunk["data: ".Length..]).RootElement).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(chunks[^1], Is.EqualTo("data: [DONE]"));
            Assert.That(documents, Has.Length.EqualTo(events + 3), "the role before, the reason and the usage after");
            Assert.That(documents.Count(document => document.GetRawText().Contains('@', StringComparison.Ordinal)), Is.EqualTo(events));
        });
    }

    [Test]
    public void A_document_is_a_message_of_the_size_that_was_asked_for()
    {
        var bytes = MessagesScript.Json(1_000);
        using var message = JsonDocument.Parse(bytes);
        Assert.Multiple(() =>
        {
            Assert.That(bytes, Has.Length.EqualTo(1_000));
            Assert.That(message.RootElement.GetProperty("type").GetString(), Is.EqualTo("message"));
        });
    }

    [TestCase(0.1, 100, 10)]
    [TestCase(1, 7, 7)]
    [TestCase(0, 100, 0)]
    [TestCase(0.3, 10, 3)]
    public void Faults_strike_the_share_that_was_asked_for(double share, int requests, int struck) =>
        Assert.That(Enumerable.Range(1, requests).Count(number => new FaultPlan(ProviderFault.Close, share).Strikes(number)), Is.EqualTo(struck));

    private static string Type(JsonElement document) => document.GetProperty("type").GetString()!;

    private static JsonElement[] Documents(StampedPiece[] pieces) =>
        [.. Text(pieces).Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line[6..]).RootElement)];

    private static string Text(StampedPiece[] pieces)
    {
        var text = new StringBuilder();
        foreach (var piece in pieces)
        {
            var bytes = new byte[piece.Length];
            piece.Write(bytes, Stamp.Now());
            text.Append(Encoding.UTF8.GetString(bytes));
        }

        return text.ToString();
    }
}
