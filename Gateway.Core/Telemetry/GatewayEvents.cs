namespace Gateway.Core.Telemetry;

/// <summary>The events of the gateway's own life, each named here and nowhere else.</summary>
/// <remarks>For rare moments: these lines may allocate. Exchanges are told by <see cref="AccessLine"/>. Thread-safe.
/// </remarks>
/// <param name="log">Where they go.</param>
public sealed class GatewayEvents(ILogSink log)
{
    /// <summary>Name of the line with which the log itself owns up to lost lines.</summary>
    public static ReadOnlySpan<byte> LogLinesDropped => "log_lines_dropped"u8;

    /// <summary>The process is up.</summary>
    /// <param name="version">Version of the product.</param>
    /// <param name="transport">How it talks to the kernel, such as <c>epoll</c>.</param>
    /// <param name="reactors">Threads that serve.</param>
    public void Started(string version, string transport, int reactors) =>
        log.Post(log.Open(LogLevel.Info, "started"u8)?
            .Text("version"u8, version)
            .Text("transport"u8, transport)
            .Number("reactors"u8, reactors));

    /// <summary>Clients can connect.</summary>
    /// <param name="address">Address and port.</param>
    public void Listening(string address) =>
        log.Post(log.Open(LogLevel.Info, "listening"u8)?.Text("address"u8, address));

    /// <summary>A new certificate is no good: the one in use stays.</summary>
    /// <param name="reason">Why.</param>
    public void CertificateKept(string reason) =>
        log.Post(log.Open(LogLevel.Error, "certificate_kept"u8)?.Text("reason"u8, reason));

    /// <summary>No more connections are accepted; what runs is finished.</summary>
    /// <param name="reason">Such as <c>SIGTERM</c>.</param>
    /// <param name="openConnections">Connections to wait for.</param>
    public void Stopping(string reason, long openConnections) =>
        log.Post(log.Open(LogLevel.Info, "stopping"u8)?
            .Text("reason"u8, reason)
            .Number("open_connections"u8, openConnections));

    /// <summary>A process that is to take over was started.</summary>
    /// <param name="process">Its id.</param>
    public void UpgradeStarted(int process) =>
        log.Post(log.Open(LogLevel.Info, "upgrade_started"u8)?.Number("process"u8, process));

    /// <summary>It did not take over: this process goes on.</summary>
    /// <param name="reason">Why.</param>
    public void UpgradeFailed(string reason) =>
        log.Post(log.Open(LogLevel.Error, "upgrade_failed"u8)?.Text("reason"u8, reason));

    /// <summary>The last line of a life.</summary>
    /// <param name="cutConnections">Connections that were not finished in time.</param>
    public void Stopped(long cutConnections) =>
        log.Post(log.Open(LogLevel.Info, "stopped"u8)?.Number("cut_connections"u8, cutConnections));

    /// <summary>A configuration is in force.</summary>
    /// <param name="path">File it came from.</param>
    /// <param name="providers">Enabled providers.</param>
    public void ConfigLoaded(string path, int providers) =>
        log.Post(log.Open(LogLevel.Info, "config_loaded"u8)?
            .Text("path"u8, path)
            .Number("providers"u8, providers));

    /// <summary>A configuration is in force, but something in it is unwise.</summary>
    /// <param name="path">File it came from.</param>
    /// <param name="message">What and why.</param>
    public void ConfigWarning(string path, string message) =>
        log.Post(log.Open(LogLevel.Warning, "config_warning"u8)?
            .Text("path"u8, path)
            .Text("message"u8, message));

    /// <summary>A configuration was refused: one line for each of its errors.</summary>
    /// <param name="path">File it came from.</param>
    /// <param name="place">JSON path of the error.</param>
    /// <param name="message">What is wrong there.</param>
    public void ConfigRejected(string path, string place, string message) =>
        log.Post(log.Open(LogLevel.Error, "config_rejected"u8)?
            .Text("path"u8, path)
            .Text("at"u8, place)
            .Text("message"u8, message));

    /// <summary>A configured provider takes no part.</summary>
    /// <param name="provider">Its name.</param>
    /// <param name="reason">Why, such as a missing key.</param>
    public void ProviderDisabled(string provider, string reason) =>
        log.Post(log.Open(LogLevel.Warning, "provider_disabled"u8)?
            .Text("provider"u8, provider)
            .Text("reason"u8, reason));

    /// <summary>An attempt failed on the provider's side.</summary>
    /// <param name="provider">Its name.</param>
    /// <param name="requestId">The exchange.</param>
    /// <param name="reason">What failed, such as <c>connect_timeout</c>.</param>
    public void ProviderFailed(string provider, ReadOnlySpan<byte> requestId, string reason) =>
        log.Post(log.Open(LogLevel.Warning, "provider_failed"u8)?
            .Text("provider"u8, provider)
            .Text("request_id"u8, requestId)
            .Text("reason"u8, reason));

    /// <summary>The process climbed or descended the ladder of load.</summary>
    /// <param name="rung">What is done about it.</param>
    /// <param name="percent">Share of the memory in use.</param>
    public void LoadChanged(string rung, int percent) =>
        log.Post(log.Open(LogLevel.Warning, "load_changed"u8)?
            .Text("rung"u8, rung)
            .Number("memory_percent"u8, percent));

    /// <summary>Probes of a local provider came to another verdict.</summary>
    /// <param name="provider">Its name.</param>
    /// <param name="isUp">It answers.</param>
    public void ProviderProbed(string provider, bool isUp) =>
        log.Post(log.Open(isUp ? LogLevel.Info : LogLevel.Warning, "provider_probed"u8)?
            .Text("provider"u8, provider)
            .Text("verdict"u8, isUp ? "up" : "down"));

    /// <summary>What the last half minute was like.</summary>
    /// <param name="requests">Exchanges that ended.</param>
    /// <param name="failed">Those among them that failed.</param>
    /// <param name="inFlight">Exchanges under way.</param>
    /// <param name="inputTokens">Tokens read.</param>
    /// <param name="outputTokens">Tokens written.</param>
    public void Summary(long requests, long failed, long inFlight, long inputTokens, long outputTokens) =>
        log.Post(log.Open(LogLevel.Info, "summary"u8)?
            .Number("requests"u8, requests)
            .Number("failed"u8, failed)
            .Number("in_flight"u8, inFlight)
            .Number("input_tokens"u8, inputTokens)
            .Number("output_tokens"u8, outputTokens));

    /// <summary>Something in a new configuration takes effect only after a restart.</summary>
    /// <param name="path">Its JSON path.</param>
    public void NeedsRestart(string path) =>
        log.Post(log.Open(LogLevel.Warning, "needs_restart"u8)?.Text("at"u8, path));

    /// <summary>A value of the configuration has changed.</summary>
    /// <param name="path">Its JSON path.</param>
    /// <param name="before">As it was, without secrets.</param>
    /// <param name="after">As it is.</param>
    public void ConfigChanged(string path, string before, string after) =>
        log.Post(log.Open(LogLevel.Info, "config_changed"u8)?
            .Text("at"u8, path)
            .Text("before"u8, before)
            .Text("after"u8, after));

    /// <summary>The collector of metrics and traces takes nothing, or takes it again.</summary>
    /// <param name="endpoint">Its address.</param>
    /// <param name="fault">What went wrong; null once a push went well again.</param>
    public void ExportChanged(string endpoint, string? fault) =>
        log.Post(log.Open(fault is null ? LogLevel.Info : LogLevel.Warning, fault is null ? "export_recovered"u8 : "export_failed"u8)?
            .Text("endpoint"u8, endpoint)
            .Text("reason"u8, fault ?? ""));

    /// <summary>A client connection was not accepted.</summary>
    /// <param name="reason">Such as <c>too_many_connections</c>.</param>
    public void ConnectionRefused(string reason) =>
        log.Post(log.Open(LogLevel.Warning, "connection_refused"u8)?.Text("reason"u8, reason));

    /// <summary>A request broke the rules of HTTP and was answered with an error.</summary>
    /// <param name="status">Status it was answered with.</param>
    /// <param name="reason">The rule.</param>
    public void RequestRefused(int status, string reason) =>
        log.Post(log.Open(LogLevel.Info, "request_refused"u8)?
            .Number("status"u8, status)
            .Text("reason"u8, reason));

    /// <summary>A fault nobody foresaw: a bug of ours.</summary>
    /// <param name="place">What was being done.</param>
    /// <param name="fault">The exception; of one for want of memory the words alone, since its stack would take more.</param>
    public void Unexpected(string place, Exception fault) =>
        log.Post(log.Open(LogLevel.Error, "unexpected"u8)?
            .Text("at"u8, place)
            .Text("fault"u8, fault is OutOfMemoryException ? fault.Message : fault.ToString()));
}
