using Gateway.Core.Translation.Answers;
using Gateway.Core.Translation.Errors;
using Gateway.Core.Translation.Requests;

namespace Gateway.Http.Proxying;

/// <summary>What translating one exchange needs in both directions. Pooled with its context, so that the buffers stay warm.</summary>
internal sealed class ExchangeTranslation
{
    /// <summary>The request's side.</summary>
    public RequestTranslator Request { get; } = new();

    /// <summary>The answer's side.</summary>
    public AnswerTranslator Answer { get; } = new();

    /// <summary>What the answer's side depends on.</summary>
    public AnswerContext Context { get; } = new();

    /// <summary>The last attempt's error as the client is to read it; null without one.</summary>
    public AnthropicFault? Fault { get; set; }
}
