using Gateway.Benchmarks.Provider;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;

namespace Gateway.Benchmarks.Load;

/// <summary>The clients' side: reactors of the product that send what a workload says and measure what comes back.</summary>
internal sealed class LoadGenerator(int threads) : IDisposable
{
    // What is still under way so long after a round is given up.
    private const int LongestRestMs = 3_000;

    private readonly ReactorSet _reactors = new(TransportKind.Auto, threads, TimeProvider.System);
    private readonly DnsCache _dns = new(TimeProvider.System);

    /// <summary>Sends until the window closes, and returns what was seen inside it.</summary>
    public async Task<Measurement> RunAsync(Target target, Workload workload, Pace pace, Window window)
    {
        var requests = RequestTemplate.Of(workload, target.Host);
        var count = Math.Min(_reactors.Reactors.Count, pace.Clients);
        var parts = await Task.WhenAll(Enumerable.Range(0, count).Select(i =>
        {
            var clients = (pace.Clients / count) + (i < pace.Clients % count ? 1 : 0);
            return RunAsync(_reactors.Reactors[i], target, workload, requests, clients, window);
        }));
        var sum = new Measurement();
        foreach (var part in parts)
        {
            sum.Add(part);
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Dispose() => _reactors.Dispose();

    private async Task<Measurement> RunAsync(
        Reactor reactor, Target target, Workload workload, RequestTemplate[] requests, int clients, Window window)
    {
        var measurement = new Measurement();
        var loop = new ClosedLoop(
            reactor, () => new LoadConnection(reactor, target.EndPoint, _dns, workload.Answer, window, measurement), requests, window);
        var running = OnReactor(reactor, () => loop.RunAsync(clients));
        var restMs = workload.IsEndless ? 0 : LongestRestMs;
        var leftMs = ((window.Until - Stamp.Now()) / 1_000_000) + restMs;
        await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(Math.Max(1, leftMs))));
        reactor.Post(static loop => ((ClosedLoop)loop!).Cut(), loop);
        await running;
        return measurement;
    }

    // What begins on the reactor goes on there; whoever waits for its end does not.
    private static Task OnReactor(Reactor reactor, Func<Task> work)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        reactor.Post(_ => work().ContinueWith(task => ended.SetFromTask(task), TaskScheduler.Default), null);
        return ended.Task;
    }
}
