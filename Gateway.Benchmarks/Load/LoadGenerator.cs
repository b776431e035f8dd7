using Gateway.Benchmarks.Provider;
using Gateway.Benchmarks.Replay;
using Gateway.Http.Sockets;
using Gateway.Http.Upstream;

namespace Gateway.Benchmarks.Load;

/// <summary>The clients' side: reactors of the product that send what a workload says and measure what comes back.</summary>
internal sealed class LoadGenerator(int threads) : IDisposable
{
    // What is still under way so long after a round is given up.
    private const int LongestRestMs = 3_000;

    // Nothing of a recording shall be missing for a busy machine's sake.
    private const int LongestRestOfRecordingMs = 20_000;

    // Between the warm-up of a recording and its first request.
    private const long QuietNanoseconds = 100_000_000;
    private const int WarmUpClients = 4;

    private readonly ReactorSet _reactors = new(TransportKind.Auto, threads, TimeProvider.System);
    private readonly DnsCache _dns = new(TimeProvider.System);

    /// <summary>Sends until the window closes, and returns what was seen inside it.</summary>
    public async Task<Measurement> RunAsync(Target target, Workload workload, Pace pace, Window window)
    {
        var requests = RequestTemplate.Of(workload, target.Host);
        var count = Math.Min(_reactors.Reactors.Count, pace.Clients);
        var restMs = workload.IsEndless ? 0 : workload.Recording is null ? LongestRestMs : LongestRestOfRecordingMs;
        var parts = await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            if (workload.Recording is { } recording)
            {
                await WarmUpAsync(_reactors.Reactors[i], target, recording, window);
            }

            var measurement = new Measurement(window);
            await RunAsync(LoopOf(i, count, target, workload, requests, pace, window, measurement), _reactors.Reactors[i], window, restMs);
            return measurement;
        }));
        var sum = new Measurement(window);
        foreach (var part in parts)
        {
            sum.Add(part);
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Dispose() => _reactors.Dispose();

    private ILoadLoop LoopOf(
        int part, int parts, Target target, Workload workload, RequestTemplate[] requests, Pace pace, Window window, Measurement measurement)
    {
        var reactor = _reactors.Reactors[part];
        var clients = (pace.Clients / parts) + (part < pace.Clients % parts ? 1 : 0);
        LoadConnection Connect() => new(reactor, target.EndPoint, _dns, window, measurement, workload.IsEndless);
        return workload.Recording is { } recording
            ? new OpenLoop(reactor, Connect, [.. requests.Where((_, i) => i % parts == part)], window, clients, new RecordedSchedule(recording, window.From, part, parts), measurement)
            : pace.Rate > 0
            ? new OpenLoop(reactor, Connect, requests, window, clients, ArrivalSchedule.Part(ArrivalSchedule.StartBefore(window, pace.Rate, Stamp.Now()), pace.Rate, part, parts), measurement)
            : new ClosedLoop(reactor, Connect, requests, window, clients);
    }

    // A recording begins where its round does: what goes before is of its kind, and answered at once.
    private async Task WarmUpAsync(Reactor reactor, Target target, Recording recording, Window window)
    {
        var before = new Window(window.From - QuietNanoseconds, window.From - QuietNanoseconds);
        if (before.Until <= Stamp.Now())
        {
            return;
        }

        LoadConnection Connect() => new(reactor, target.EndPoint, _dns, before, new Measurement(before), outlivesRound: true);
        await RunAsync(new ClosedLoop(reactor, Connect, RequestTemplate.WarmUpOf(recording, target.Host), before, WarmUpClients), reactor, before, restMs: 0);
    }

    private static async Task RunAsync(ILoadLoop loop, Reactor reactor, Window window, int restMs)
    {
        var running = OnReactor(reactor, loop.RunAsync);
        var leftMs = ((window.Until - Stamp.Now()) / 1_000_000) + restMs;
        await running.WaitAsync(TimeSpan.FromMilliseconds(Math.Max(1, leftMs))).ContinueWith(static _ => { }, TaskScheduler.Default);
        reactor.Post(static loop => ((ILoadLoop)loop!).Cut(), loop);
        await running;
    }

    // What begins on the reactor goes on there; whoever waits for its end does not.
    private static Task OnReactor(Reactor reactor, Func<Task> work)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        reactor.Post(_ => work().ContinueWith(task => ended.SetFromTask(task), TaskScheduler.Default), null);
        return ended.Task;
    }
}
