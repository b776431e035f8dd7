namespace Gateway.Core.Configuration;

/// <summary>The field in which servers in front name the client.</summary>
public enum ForwardedField : byte
{
    /// <summary><c>x-forwarded-for</c>: addresses separated by commas, the nearest last.</summary>
    XForwardedFor,

    /// <summary><c>forwarded</c> (RFC 7239).</summary>
    Forwarded,
}
