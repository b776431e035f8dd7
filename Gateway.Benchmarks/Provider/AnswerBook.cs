using System.Collections.Concurrent;
using Gateway.Benchmarks.Replay;

namespace Gateway.Benchmarks.Provider;

/// <summary>Answers that were composed before, so that giving one costs the provider next to nothing.</summary>
/// <param name="recording">What is played again; null for nothing.</param>
internal sealed class AnswerBook(Recording? recording = null)
{
    private readonly ConcurrentDictionary<int, StampedPiece[]> _recorded = new();
    private readonly ConcurrentDictionary<int, StampedPiece[]> _messages = new();
    private readonly ConcurrentDictionary<int, StampedPiece[]> _completions = new();
    private readonly ConcurrentDictionary<int, byte[]> _documents = new();

    /// <summary>A stream with so many deltas, in the dialect of Messages or of Chat Completions.</summary>
    public StampedPiece[] Stream(int events, bool asCompletion) => asCompletion
        ? _completions.GetOrAdd(events, CompletionsScript.Stream)
        : _messages.GetOrAdd(events, MessagesScript.Stream);

    /// <summary>The recorded exchange of that number, from 1; null without a recording, or beyond its end.</summary>
    public RecordedExchange? Exchange(int number) => number <= recording?.Exchanges.Count ? recording.Exchanges[number - 1] : null;

    /// <summary>Its answer.</summary>
    public StampedPiece[] Recorded(int number) => _recorded.GetOrAdd(number, key => RecordedScript.Stream(Exchange(key)!));

    /// <summary>A recorded time as it is played, in nanoseconds.</summary>
    public long Played(long microseconds) => recording!.Played(microseconds);

    /// <summary>A document of about so many bytes.</summary>
    public byte[] Json(int bytes) => _documents.GetOrAdd(bytes, MessagesScript.Json);
}
