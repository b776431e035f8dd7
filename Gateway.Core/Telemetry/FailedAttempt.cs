namespace Gateway.Core.Telemetry;

/// <summary>An attempt that came to nothing, as a line tells it.</summary>
/// <param name="Provider">Name of the provider, UTF-8.</param>
/// <param name="Status">Status of its answer; 0 if it gave none.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Reason">What failed, as metrics name it: an ASCII word.</param>
/// <param name="MayBeBilled">It had the request and named no error, so that it may have worked on it and charge for it.</param>
public readonly record struct FailedAttempt(ReadOnlyMemory<byte> Provider, int Status, long Milliseconds, string Reason, bool MayBeBilled = false);
