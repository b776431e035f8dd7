using System.Text;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>The gateway's name in the field <c>via</c> of what it forwards (RFC 9110 section 7.6.3): a request that comes with it has been here before.</summary>
/// <remarks>A pseudonym, drawn at the start: it tells gateways from each other, and nobody where they are.</remarks>
internal sealed class Via
{
    private readonly byte[] _name = Encoding.ASCII.GetBytes($"claude-gateway-{Guid.NewGuid():N}"[..^16]);
    private readonly byte[] _value;

    /// <summary>A gateway with a name of its own.</summary>
    public Via() => _value = [.. "1.1 "u8, .. _name];

    private static ReadOnlySpan<byte> Field => "via"u8;

    /// <summary>The request was forwarded by this gateway: its providers lead in a circle.</summary>
    public bool HasPassed(HeaderTable fields)
    {
        if (!fields.TryGet(Field, out _))
        {
            return false;
        }

        for (var i = 0; i < fields.Count; i++)
        {
            if (Ascii.EqualsIgnoreCase(fields.Name(i), Field) && fields.Value(i).IndexOf(_name) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds the name behind those of the client's fields, which the head has already.</summary>
    public void Write(ref HeadWriter head) => head.Field(Field, _value);

    /// <summary>Adds all names, for a request whose fields are otherwise our own.</summary>
    public void WriteAll(ref HeadWriter head, HeaderTable fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (Ascii.EqualsIgnoreCase(fields.Name(i), Field) && fields.IsForwardable(i))
            {
                head.Field(Field, fields.Value(i));
            }
        }

        Write(ref head);
    }
}
