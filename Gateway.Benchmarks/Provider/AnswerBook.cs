using System.Collections.Concurrent;

namespace Gateway.Benchmarks.Provider;

/// <summary>Answers that were composed before, so that giving one costs the provider next to nothing.</summary>
internal sealed class AnswerBook
{
    private readonly ConcurrentDictionary<int, StampedPiece[]> _messages = new();
    private readonly ConcurrentDictionary<int, StampedPiece[]> _completions = new();
    private readonly ConcurrentDictionary<int, byte[]> _documents = new();

    /// <summary>A stream with so many deltas, in the dialect of Messages or of Chat Completions.</summary>
    public StampedPiece[] Stream(int events, bool asCompletion) => asCompletion
        ? _completions.GetOrAdd(events, CompletionsScript.Stream)
        : _messages.GetOrAdd(events, MessagesScript.Stream);

    /// <summary>A document of about so many bytes.</summary>
    public byte[] Json(int bytes) => _documents.GetOrAdd(bytes, MessagesScript.Json);
}
