namespace Gateway.Core.Failover;

/// <summary>Whose doing it was. Only what a provider did is ever held against it.</summary>
public enum FailedParty : byte
{
    /// <summary>Nothing failed.</summary>
    Nobody,

    /// <summary>The client left, or sent what nobody can answer.</summary>
    Client,

    /// <summary>The provider, or the way to it.</summary>
    Provider,
}

/// <summary>How far one try to have a provider answer came.</summary>
public enum AttemptEnd : byte
{
    /// <summary>The head of a response is there.</summary>
    Answered,

    /// <summary>The client left while we waited.</summary>
    ClientLeft,

    /// <summary>The provider's name has no address.</summary>
    NameNotResolved,

    /// <summary>The provider's name leads to where no provider is: an address of this machine's own link, or of a cloud's metadata.</summary>
    AddressForbidden,

    /// <summary>No connection could be made.</summary>
    ConnectFailed,

    /// <summary>No connection was made in time.</summary>
    ConnectTimedOut,

    /// <summary>The way to it leads back to the gateway itself; no connection was made.</summary>
    LeadsBack,

    /// <summary>The provider could not prove who it is, or TLS broke.</summary>
    TlsFailed,

    /// <summary>TLS was not ready in time.</summary>
    TlsTimedOut,

    /// <summary>The connection died before a byte of a response.</summary>
    NoResponse,

    /// <summary>The connection died inside the head of the response.</summary>
    ResponseTruncated,

    /// <summary>What came is no acceptable HTTP response.</summary>
    ResponseMalformed,

    /// <summary>The answer leads elsewhere (3xx): the prompt and the credential are not for whoever that is.</summary>
    Redirected,

    /// <summary>An answer of success that holds no message: nothing at all, or a page of HTML.</summary>
    NoMessage,

    /// <summary>The provider's limit of exchanges was reached, and no place came free in time.</summary>
    QueueTimedOut,

    /// <summary>The limit of exchanges of the key's group was reached, and no place came free in time.</summary>
    KeyQueueTimedOut,

    /// <summary>The head of a response did not come in time.</summary>
    HeadTimedOut,

    /// <summary>No content came in time.</summary>
    ContentTimedOut,

    /// <summary>The time for the whole request is over.</summary>
    TimedOut,
}

/// <summary>The outcome of one attempt: a value with a culprit, never an exception.</summary>
/// <param name="End">How far it came.</param>
public readonly record struct AttemptOutcome(AttemptEnd End)
{
    /// <summary>A response can be relayed.</summary>
    public bool IsAnswered => End == AttemptEnd.Answered;

    /// <summary>Who failed.</summary>
    public FailedParty FailedParty => End switch
    {
        AttemptEnd.Answered => FailedParty.Nobody,
        AttemptEnd.ClientLeft => FailedParty.Client,
        _ => FailedParty.Provider,
    };

    /// <summary>The provider had the request and may have worked on it, though nothing came of it.</summary>
    public bool MayBeBilled => End is AttemptEnd.NoResponse or AttemptEnd.ResponseTruncated or AttemptEnd.ResponseMalformed
        or AttemptEnd.NoMessage or AttemptEnd.HeadTimedOut or AttemptEnd.ContentTimedOut or AttemptEnd.TimedOut;

    /// <summary>The status a client gets for it (RFC 9110 sections 15.6.3 and 15.6.5).</summary>
    public int Status => WasQueued ? 529 : End is AttemptEnd.ConnectTimedOut or AttemptEnd.TlsTimedOut or AttemptEnd.HeadTimedOut or AttemptEnd.ContentTimedOut or AttemptEnd.TimedOut ? 504 : 502;

    /// <summary>False where the client need not come again, since nothing but another configuration helps; null where it may decide.</summary>
    public bool? ShouldRetry => End == AttemptEnd.LeadsBack ? false : null;

    /// <summary>The provider was not asked: it had no place by our own limits.</summary>
    public bool WasQueued => End is AttemptEnd.QueueTimedOut or AttemptEnd.KeyQueueTimedOut;

    /// <summary>A word for log lines.</summary>
    public string Reason => End switch
    {
        AttemptEnd.Answered => "answered",
        AttemptEnd.ClientLeft => "client_left",
        AttemptEnd.NameNotResolved => "name_not_resolved",
        AttemptEnd.AddressForbidden => "address_forbidden",
        AttemptEnd.ConnectFailed => "connect_failed",
        AttemptEnd.ConnectTimedOut => "connect_timeout",
        AttemptEnd.LeadsBack => "leads_back",
        AttemptEnd.TlsFailed => "tls_failed",
        AttemptEnd.TlsTimedOut => "tls_timeout",
        AttemptEnd.NoResponse => "no_response",
        AttemptEnd.ResponseTruncated => "response_truncated",
        AttemptEnd.ResponseMalformed => "response_malformed",
        AttemptEnd.Redirected => "redirected",
        AttemptEnd.NoMessage => "no_message",
        AttemptEnd.QueueTimedOut => "queue_timeout",
        AttemptEnd.KeyQueueTimedOut => "key_queue_timeout",
        AttemptEnd.HeadTimedOut => "head_timeout",
        AttemptEnd.ContentTimedOut => "content_timeout",
        _ => "timeout",
    };

    /// <summary>What the developer reads; the provider's name goes before it.</summary>
    public ReadOnlySpan<byte> Explanation => End switch
    {
        AttemptEnd.NameNotResolved => "its host name could not be resolved; check base_url and the network."u8,
        AttemptEnd.AddressForbidden => "its host name leads to a link-local or metadata address; check base_url, or set \"local\": true for a server of your own."u8,
        AttemptEnd.ConnectFailed => "no connection could be made; check base_url and that the server runs."u8,
        AttemptEnd.ConnectTimedOut => "no connection could be made in time."u8,
        AttemptEnd.LeadsBack => "its base_url leads back to this gateway; set it to the address of the provider itself."u8,
        AttemptEnd.TlsFailed => "the TLS handshake failed; for a private certificate authority set ca_file."u8,
        AttemptEnd.TlsTimedOut => "the TLS handshake took too long."u8,
        AttemptEnd.NoResponse => "the connection was closed without an answer."u8,
        AttemptEnd.ResponseTruncated => "the connection was closed inside the head of the answer."u8,
        AttemptEnd.ResponseMalformed => "the answer is not valid HTTP/1.1."u8,
        AttemptEnd.Redirected => "it redirects elsewhere, which is not followed; set base_url to where it answers."u8,
        AttemptEnd.NoMessage => "it answered without a message; check that base_url leads to an API."u8,
        AttemptEnd.QueueTimedOut => "all of its max_concurrent_requests are in use."u8,
        AttemptEnd.KeyQueueTimedOut => "all of its key's max_in_flight are in use."u8,
        AttemptEnd.HeadTimedOut => "no answer within head_timeout_seconds."u8,
        AttemptEnd.ContentTimedOut => "no content within first_content_timeout_seconds."u8,
        _ => "no answer within request_timeout_seconds."u8,
    };
}
