using System.Runtime.InteropServices;

namespace Gateway.Http.Sockets;

/// <summary>What OpenSSL calls a BIO, over one of our connections: ciphertext comes straight from the socket, and goes where it is gathered.</summary>
/// <remarks>Called by OpenSSL inside our own calls, on the reactor's thread.</remarks>
internal static unsafe class OpenSslTransport
{
    private static readonly nint Method = MakeMethod();

    /// <summary>Called with a session that a later connection may resume; 1 takes it over.</summary>
    public static delegate* unmanaged<nint, nint, int> NewSession => &TakeSession;

    /// <summary>A transport for the connection behind the handle, which must outlive it.</summary>
    public static nint New(GCHandle connection)
    {
        var bio = OpenSsl.BIO_new(Method);
        OpenSsl.BIO_set_data(bio, GCHandle.ToIntPtr(connection));
        OpenSsl.BIO_set_init(bio, 1);
        return bio;
    }

    private static nint MakeMethod()
    {
        var method = OpenSsl.BIO_meth_new(OpenSsl.BioSourceSink, "claude-gateway");
        _ = OpenSsl.BIO_meth_set_read(method, &Read);
        _ = OpenSsl.BIO_meth_set_write(method, &Write);
        _ = OpenSsl.BIO_meth_set_ctrl(method, &Control);
        return method;
    }

    private static OpenSslConnection Of(nint bio) => (OpenSslConnection)GCHandle.FromIntPtr(OpenSsl.BIO_get_data(bio)).Target!;

    [UnmanagedCallersOnly]
    private static int Read(nint bio, byte* buffer, int length)
    {
        OpenSsl.BIO_clear_flags(bio, OpenSsl.BioRetryFlags);
        var count = Of(bio).ReceiveCiphertext(new Span<byte>(buffer, length));
        if (count == Connection.WouldBlock)
        {
            OpenSsl.BIO_set_flags(bio, OpenSsl.BioRetryRead);
        }

        return count < 0 ? -1 : count;
    }

    [UnmanagedCallersOnly]
    private static int Write(nint bio, byte* bytes, int length)
    {
        OpenSsl.BIO_clear_flags(bio, OpenSsl.BioRetryFlags);
        if (Of(bio).GatherCiphertext(new ReadOnlySpan<byte>(bytes, length)))
        {
            return length;
        }

        OpenSsl.BIO_set_flags(bio, OpenSsl.BioRetryWrite);
        return -1;
    }

    [UnmanagedCallersOnly]
    private static nint Control(nint bio, int command, nint number, nint pointer) => command switch
    {
        OpenSsl.BioFlush => 1,
        OpenSsl.BioIsEnded => Of(bio).HasEnded ? 1 : 0,
        _ => 0,
    };

    [UnmanagedCallersOnly]
    private static int TakeSession(nint ssl, nint session)
    {
        Of(OpenSsl.SSL_get_rbio(ssl)).KeepSession(session);
        return 1;
    }
}
