namespace Gateway.Core.Translation.Clients;

/// <summary>What an answer to a client of OpenAI's depends on besides its bytes.</summary>
public sealed record ChatAnswerContext
{
    /// <summary>The model as the client named it; empty to take the answer's own word.</summary>
    public ReadOnlyMemory<byte> ClientModel { get; init; }

    /// <summary>When the answer is made, seconds since 1970.</summary>
    public long CreatedAt { get; init; }

    /// <summary>The client wants the tokens counted at the end of its stream.</summary>
    public bool IncludesUsage { get; init; }

    /// <summary>The client wants a call in the older form of functions.</summary>
    public bool UsesFunctions { get; init; }
}
