using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Core.Configuration;

/// <summary>A credential. Nothing that prints or serialises objects gets to see it. Immutable.</summary>
[DebuggerDisplay("***")]
public sealed class Secret
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _value;

    /// <summary>Wraps a credential.</summary>
    public Secret(string value) => _value = Encoding.UTF8.GetBytes(value);

    private Secret(byte[] value) => _value = value;

    /// <summary>The credential itself, for the one place that sends it.</summary>
    public ReadOnlySpan<byte> Reveal() => _value;

    /// <summary>The credential itself, for who takes it out of what others say.</summary>
    public ReadOnlyMemory<byte> RevealForMasking() => _value;

    /// <summary>A credential with something before it, such as the scheme of an Authorization field.</summary>
    public Secret Behind(ReadOnlySpan<byte> prefix) => new([.. prefix, .. _value]);

    /// <summary>It is the same credential. In constant time.</summary>
    public bool IsSame(Secret? other) => other is not null && CryptographicOperations.FixedTimeEquals(_value, other._value);

    /// <summary>Never the credential.</summary>
    public override string ToString() => "***";
}
