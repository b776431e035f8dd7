using System.Diagnostics;
using System.Text;

namespace Gateway.Core.Configuration;

/// <summary>A credential. Nothing that prints or serialises objects gets to see it.</summary>
[DebuggerDisplay("***")]
public sealed class Secret
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _value;

    /// <summary>Wraps a credential.</summary>
    public Secret(string value) => _value = Encoding.UTF8.GetBytes(value);

    /// <summary>The credential itself, for the one place that sends it.</summary>
    public ReadOnlySpan<byte> Reveal() => _value;

    /// <summary>Never the credential.</summary>
    public override string ToString() => "***";
}
