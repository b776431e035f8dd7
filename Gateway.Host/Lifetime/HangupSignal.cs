using System.Runtime.InteropServices;

namespace Gateway.Host.Lifetime;

/// <summary>SIGHUP, at which daemons read their configuration again; systems without it have POST /config/reload.</summary>
/// <remarks>Taken from the start: until it is, it ends the process. What it asks for waits until there is something to change.</remarks>
internal sealed class HangupSignal : IDisposable
{
    private readonly TaskCompletionSource<Action> _reload = new();
    private readonly PosixSignalRegistration? _registration;

    public HangupSignal()
    {
        if (!OperatingSystem.IsWindows())
        {
            _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
            {
                context.Cancel = true;
                _ = ReloadAsync();
            });
        }
    }

    /// <summary>From here on it can be served.</summary>
    public void Begin(Action reload) => _reload.SetResult(reload);

    public void Dispose() => _registration?.Dispose();

    private async Task ReloadAsync() => (await _reload.Task.ConfigureAwait(false))();
}
