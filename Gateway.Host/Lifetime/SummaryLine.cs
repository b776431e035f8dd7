using Gateway.Core.Telemetry;

namespace Gateway.Host.Lifetime;

/// <summary>Says every half minute what was done in it, if anything was.</summary>
internal sealed class SummaryLine : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private readonly GatewayCounters _counters;
    private readonly GatewayEvents _events;
    private readonly ITimer _timer;
    private (long Requests, long Succeeded, long Input, long Output) _before;

    /// <summary>Begins to count.</summary>
    public SummaryLine(GatewayCounters counters, GatewayEvents events, TimeProvider time)
    {
        _counters = counters;
        _events = events;
        _timer = time.CreateTimer(static summary => ((SummaryLine)summary!).Say(), this, Every, Every);
    }

    public void Dispose() => _timer.Dispose();

    private void Say()
    {
        var now = (
            Requests: _counters.Total(Counter.Requests),
            Succeeded: _counters.Total(Counter.Successes),
            Input: _counters.Total(Counter.InputTokens),
            Output: _counters.Total(Counter.OutputTokens));
        var requests = now.Requests - _before.Requests;
        if (requests > 0 || _counters.InFlight > 0)
        {
            _events.Summary(
                requests, requests - (now.Succeeded - _before.Succeeded), _counters.InFlight, now.Input - _before.Input, now.Output - _before.Output);
        }

        _before = now;
    }
}
