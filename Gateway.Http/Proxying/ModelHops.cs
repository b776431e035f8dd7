using System.Buffers.Text;
using Gateway.Http.Wire;

namespace Gateway.Http.Proxying;

/// <summary>How many gateways have passed a question for models on: one whose provider is itself, by mistake or by way of others, would ask for ever.</summary>
internal static class ModelHops
{
    /// <summary>From so many on nobody else is asked.</summary>
    public const int Most = 2;

    /// <summary>The field that tells; servers that do not know it ignore it.</summary>
    public static ReadOnlySpan<byte> Field => "x-gateway-hops"u8;

    /// <summary>What the question says; 0 if it says nothing, <see cref="Most"/> if that is no number.</summary>
    public static int Of(HeaderTable fields) =>
        !fields.TryGet(Field, out var told) ? 0
        : Utf8Parser.TryParse(told, out int hops, out var read) && read == told.Length && hops is >= 0 and < Most ? hops
        : Most;
}
