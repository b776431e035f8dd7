namespace Gateway.Http.Proxying;

/// <summary>What the client says about itself, kept for the log: the head it stood in is given back before the exchange ends.</summary>
internal sealed class ClientHints
{
    private const int Longest = 128;

    private readonly byte[] _bytes = new byte[2 * Longest];
    private int _session;
    private int _agent;

    /// <summary>Claude Code's id of the session; empty if none was sent.</summary>
    public ReadOnlySpan<byte> Session => _bytes.AsSpan(0, _session);

    /// <summary>Claude Code's id of the agent; empty if none was sent.</summary>
    public ReadOnlySpan<byte> Agent => _bytes.AsSpan(Longest, _agent);

    /// <summary>It asks providers to keep its prompt cache for an hour.</summary>
    public bool KeepsCacheLong { get; private set; }

    /// <summary>Where it sits.</summary>
    public ClientAddress Address { get; } = new();

    /// <summary>Nothing was said yet.</summary>
    public void Begin()
    {
        _session = _agent = 0;
        KeepsCacheLong = false;
        Address.Begin();
    }

    /// <summary>Keeps what the fields say.</summary>
    public void Read(RequestFields fields)
    {
        _session = fields.TryGet("x-claude-code-session-id"u8, out var session) ? Keep(session, 0) : 0;
        _agent = fields.TryGet("x-claude-code-agent-id"u8, out var agent) ? Keep(agent, Longest) : 0;
        KeepsCacheLong = fields.TryGet("anthropic-beta"u8, out var betas) && betas.IndexOf("extended-cache-ttl-"u8) >= 0;
    }

    private int Keep(ReadOnlySpan<byte> value, int at)
    {
        var length = Math.Min(value.Length, Longest);
        value[..length].CopyTo(_bytes.AsSpan(at));
        return length;
    }
}
