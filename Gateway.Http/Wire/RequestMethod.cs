namespace Gateway.Http.Wire;

/// <summary>The methods of RFC 9110 section 9 and RFC 5789; any other token is <see cref="Other"/>.</summary>
public enum RequestMethod : byte
{
    /// <summary>A method without a name here.</summary>
    Other,

    /// <summary>GET.</summary>
    Get,

    /// <summary>HEAD.</summary>
    Head,

    /// <summary>POST.</summary>
    Post,

    /// <summary>PUT.</summary>
    Put,

    /// <summary>DELETE.</summary>
    Delete,

    /// <summary>PATCH.</summary>
    Patch,

    /// <summary>OPTIONS.</summary>
    Options,

    /// <summary>CONNECT.</summary>
    Connect,

    /// <summary>TRACE.</summary>
    Trace,
}

/// <summary>From bytes to methods; they are case-sensitive (RFC 9110 section 9.1).</summary>
internal static class RequestMethods
{
    public static RequestMethod Identify(ReadOnlySpan<byte> name) => name switch
    {
        [(byte)'G', (byte)'E', (byte)'T'] => RequestMethod.Get,
        [(byte)'P', (byte)'U', (byte)'T'] => RequestMethod.Put,
        _ when name.SequenceEqual("POST"u8) => RequestMethod.Post,
        _ when name.SequenceEqual("HEAD"u8) => RequestMethod.Head,
        _ when name.SequenceEqual("PATCH"u8) => RequestMethod.Patch,
        _ when name.SequenceEqual("DELETE"u8) => RequestMethod.Delete,
        _ when name.SequenceEqual("OPTIONS"u8) => RequestMethod.Options,
        _ when name.SequenceEqual("CONNECT"u8) => RequestMethod.Connect,
        _ when name.SequenceEqual("TRACE"u8) => RequestMethod.Trace,
        _ => RequestMethod.Other,
    };
}
