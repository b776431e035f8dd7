namespace Gateway.Core.Analysis;

/// <summary>Why a request would be refused by every provider: the field, in the words of Anthropic's API.</summary>
public static class RequestFault
{
    /// <summary>The first fault; empty if there is none. Static text: nothing is allocated.</summary>
    /// <param name="request">A request whose JSON is sound.</param>
    /// <param name="countsTokens">It only asks for a count: max_tokens is not needed.</param>
    public static ReadOnlySpan<byte> Find(ScannedRequest request, bool countsTokens)
    {
        var fault = OfModel(request);
        fault = fault.IsEmpty ? OfMessages(request) : fault;
        return fault.IsEmpty && !countsTokens ? OfMaxTokens(request) : fault;
    }

    private static ReadOnlySpan<byte> OfModel(ScannedRequest request) =>
        request.IsModelRepeated ? "model: the field must come once"u8
        : request.IsModelTooLong ? "model: String should have at most 256 characters"u8
        : request.ModelShape switch
        {
            JsonShape.Absent => "model: Field required"u8,
            JsonShape.String when request.Model.IsEmpty => "model: String should have at least 1 character"u8,
            JsonShape.String => default,
            _ => "model: Input should be a valid string"u8,
        };

    private static ReadOnlySpan<byte> OfMessages(ScannedRequest request) => request.MessagesShape switch
    {
        JsonShape.Absent => "messages: Field required"u8,
        JsonShape.Array when request.Messages == 0 => "messages: at least one message is required"u8,
        JsonShape.Array => default,
        _ => "messages: Input should be a valid list"u8,
    };

    private static ReadOnlySpan<byte> OfMaxTokens(ScannedRequest request) => request.MaxTokensShape switch
    {
        JsonShape.Absent => "max_tokens: Field required"u8,
        JsonShape.Number when request.MaxTokens >= 0 => default,
        _ => "max_tokens: Input should be a valid integer greater than or equal to 0"u8,
    };
}
