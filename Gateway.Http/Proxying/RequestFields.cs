using Gateway.Core.Routing;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>The client's header fields, as routing asks for them.</summary>
internal sealed class RequestFields : IRequestFields
{
    /// <summary>The head of the current request.</summary>
    public HeaderTable Table { get; set; } = new();

    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) => Table.TryGet(name, out value);
}
