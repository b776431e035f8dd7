using System.Text;
using Gateway.Core.Translation.Answers;
using Gateway.Core.Translation.Errors;
using Gateway.Core.Translation.Requests;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>What translating one exchange needs in both directions. Pooled with its context, so that the buffers stay warm.</summary>
internal sealed class ExchangeTranslation
{
    private const string Reset = "-reset";

    /// <summary>The request's side.</summary>
    public RequestTranslator Request { get; } = new();

    /// <summary>The answer's side.</summary>
    public AnswerTranslator Answer { get; } = new();

    /// <summary>What the answer's side depends on.</summary>
    public AnswerContext Context { get; } = new();

    /// <summary>What was estimated divided by what was reported, in millionths; 0 where nothing was learned. Whoever reads it takes it.</summary>
    public long EstimateRatio { get; set; }

    /// <summary>Reads the ratio once.</summary>
    public long TakeEstimateRatio()
    {
        var ratio = EstimateRatio;
        EstimateRatio = 0;
        return ratio;
    }

    /// <summary>The provider's rate limits, in Anthropic's fields.</summary>
    public List<(string Name, string Value)> RateLimits { get; } = [];

    /// <summary>Until the limit that is used up is whole again, milliseconds; the shortest if none says so; -1 without one.</summary>
    public long UntilResetMs { get; private set; } = -1;

    /// <summary>Reads them from the head of an answer.</summary>
    public void ReadRateLimits(HeaderTable fields, DateTimeOffset now)
    {
        RateLimits.Clear();
        List<(string Of, long Ms)>? resets = null;
        for (var i = 0; i < fields.Count; i++)
        {
            if (RateLimitFields.Translate(fields.Name(i), fields.Value(i), now) is not { } field || RateLimits.Exists(known => known.Name == field.Name))
            {
                continue;
            }

            RateLimits.Add(field);
            if (field.Name.EndsWith(Reset, StringComparison.Ordinal))
            {
                (resets ??= []).Add((field.Name[..^Reset.Length], RateLimitFields.UntilReset(fields.Value(i), now)));
            }
        }

        UntilResetMs = resets is null ? -1 : UntilReset(resets);
    }

    private long UntilReset(List<(string Of, long Ms)> resets)
    {
        var usedUp = resets.FindAll(reset => RateLimits.Exists(field => field.Name == reset.Of + "-remaining" && field.Value == "0"));
        return usedUp.Count > 0 ? usedUp.Max(static reset => reset.Ms) : resets.Min(static reset => reset.Ms);
    }

    /// <summary>Adds them to a head.</summary>
    public void WriteRateLimits(ref HeadWriter head)
    {
        foreach (var (name, value) in RateLimits)
        {
            head.Field(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(value));
        }
    }

    /// <summary>The last attempt's error as the client is to read it; null without one.</summary>
    public AnthropicFault? Fault { get; set; }
}
