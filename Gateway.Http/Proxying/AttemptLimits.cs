using Gateway.Core.Admission;
using Gateway.Core.Providers;
using Gateway.Core.Telemetry;

namespace Gateway.Http.Proxying;

/// <summary>The places that one attempt holds in the limits of its provider and of its key's limit group.</summary>
internal sealed class AttemptLimits
{
    private RateLimits? _ofProvider;
    private RateLimits? _ofKey;
    private long _estimate;

    /// <summary>Takes both places, or none.</summary>
    public bool TryEnter(Provider provider, ProviderKey key, long estimate, long nowMs, out long retryAfterMs)
    {
        retryAfterMs = 0;
        if (provider.Limits?.TryEnter(estimate, nowMs, out retryAfterMs) == false)
        {
            return false;
        }

        if (key.Limits?.TryEnter(estimate, nowMs, out retryAfterMs) == false)
        {
            provider.Limits?.Leave(estimate, Usage.None, nowMs);
            return false;
        }

        (_ofProvider, _ofKey, _estimate) = (provider.Limits, key.Limits, estimate);
        return true;
    }

    /// <summary>Gives them back, with what was really used.</summary>
    public void Leave(in Usage usage, long nowMs)
    {
        if (_ofProvider is null && _ofKey is null)
        {
            return;
        }

        _ofProvider?.Leave(_estimate, usage, nowMs);
        _ofKey?.Leave(_estimate, usage, nowMs);
        _ofProvider = _ofKey = null;
    }
}
