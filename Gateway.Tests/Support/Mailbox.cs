using System.Threading.Channels;

namespace Gateway.Tests.Support;

/// <summary>What one thread hands to a test, in order; taking waits, but not for ever.</summary>
internal sealed class Mailbox<T>
{
    private readonly Channel<T> _items = Channel.CreateUnbounded<T>();

    /// <summary>Puts one in; any thread.</summary>
    public void Add(T item) => _items.Writer.TryWrite(item);

    /// <summary>Takes the next.</summary>
    public Task<T> TakeAsync() => TestReactor.WithinAsync(_items.Reader.ReadAsync().AsTask());
}
