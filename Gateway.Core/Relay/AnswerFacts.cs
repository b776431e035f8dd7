using Gateway.Core.Telemetry;

namespace Gateway.Core.Relay;

/// <summary>What one JSON object of an answer (an event or a whole message) said.</summary>
internal struct AnswerFacts
{
    /// <summary>The <c>type</c> of the object itself.</summary>
    public ShortText Type;

    /// <summary>The model that answers.</summary>
    public ShortText Model;

    /// <summary>Why it stopped; empty while null.</summary>
    public ShortText StopReason;

    /// <summary>The <c>type</c> inside <c>error</c>.</summary>
    public ShortText ErrorType;

    /// <summary>There is an <c>error</c> member that is not null.</summary>
    public bool HasError;

    /// <summary>The <c>usage</c> has at least one count.</summary>
    public bool HasUsage;

    /// <summary>Signatures of thinking, by their hashes.</summary>
    public SignatureList Signatures;

    private long _input;
    private long _output;
    private long _cacheRead;
    private long _cacheCreation;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Type.Clear();
        Model.Clear();
        StopReason.Clear();
        ErrorType.Clear();
        HasError = false;
        HasUsage = false;
        Signatures.Clear();
        _input = _output = _cacheRead = _cacheCreation = Usage.NotReported;
    }

    /// <summary>Takes one of the texts.</summary>
    public void Say(AnswerMember member, ReadOnlySpan<byte> text)
    {
        switch (member)
        {
            case AnswerMember.Type:
                Type.Set(text);
                break;
            case AnswerMember.Model:
                Model.Set(text);
                break;
            case AnswerMember.StopReason:
                StopReason.Set(text);
                break;
            default:
                ErrorType.Set(text);
                break;
        }
    }

    /// <summary>Takes a signature once it is done; an empty one signs nothing.</summary>
    public void Sign(in SignatureReader signature, bool isDone)
    {
        if (isDone && signature.Length > 0)
        {
            Signatures.Add(signature.Hash);
        }
    }

    /// <summary>Takes one count of the <c>usage</c> object.</summary>
    public void Count(AnswerMember member, long tokens)
    {
        HasUsage = true;
        switch (member)
        {
            case AnswerMember.InputTokens:
                _input = tokens;
                break;
            case AnswerMember.OutputTokens:
                _output = tokens;
                break;
            case AnswerMember.CacheReadInputTokens:
                _cacheRead = tokens;
                break;
            default:
                _cacheCreation = tokens;
                break;
        }
    }

    /// <summary>The counts, or <see cref="Usage.None"/> if there were none.</summary>
    public readonly Usage UsageFrom(UsageSource source) =>
        HasUsage ? new(_input, _output, _cacheRead, _cacheCreation, source) : Usage.None;
}
