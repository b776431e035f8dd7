using Gateway.Core.Routing;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>The client's header fields, as routing asks for them.</summary>
internal sealed class RequestFields : IRequestFields
{
    /// <summary>The head of the current request.</summary>
    public HeaderTable Table { get; set; } = new();

    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        for (var i = 0; i < Table.Count; i++)
        {
            // Most names differ in their length already.
            var found = Table.Name(i);
            if (found.Length == name.Length && System.Text.Ascii.EqualsIgnoreCase(found, name))
            {
                value = Table.Value(i);
                return true;
            }
        }

        value = default;
        return false;
    }
}
