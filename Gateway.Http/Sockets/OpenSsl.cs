using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gateway.Http.Sockets;

/// <summary>As much of OpenSSL 3 as a client's side of TLS takes (its manual pages, sections 3 and 7). The library is the system's, and loaded at the first use.</summary>
/// <remarks>Objects are addresses, 0 for none. An error stays with the thread until it is cleared: who asks for it must clear what was there before.</remarks>
internal static unsafe partial class OpenSsl
{
    public const int WantRead = 2;
    public const int WantWrite = 3;
    public const int ZeroReturn = 6;

    public const int VerifyPeer = 1;
    public const int BothSaidGoodbye = 3;
    public const ulong NoRenegotiation = 1UL << 30;
    public const uint NoPartialWildcards = 4;

    // bio.h
    public const int BioRetryRead = 1 | 8;
    public const int BioRetryWrite = 2 | 8;
    public const int BioRetryFlags = 0xF;
    public const int BioSourceSink = 0x400;
    public const int BioIsEnded = 2;
    public const int BioFlush = 11;

    private const string Library = "libssl.so.3";
    private const string Crypto = "libcrypto.so.3";

    // ssl.h
    private const int SetMode = 33;
    private const int SetReadAhead = 41;
    private const int SetSessionCache = 44;
    private const int SetServerName = 55;
    private const int SetLeastVersion = 123;
    private const int ReleaseBuffers = 0x10;
    private const int CacheForClient = 1 | 0x300; // the store is ours
    private const int Tls12 = 0x0303;

    /// <summary>The library is there.</summary>
    public static bool IsThere { get; } = OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad(Library, typeof(OpenSsl).Assembly, null, out _)
        && NativeLibrary.TryLoad(Crypto, typeof(OpenSsl).Assembly, null, out _);

    /// <summary>A context for TLS 1.2 and 1.3 that keeps no buffer while nothing is under way, and sessions only where it is told to.</summary>
    public static nint NewClientContext()
    {
        var context = SSL_CTX_new(TLS_client_method());
        if (context != 0)
        {
            _ = SSL_CTX_ctrl(context, SetLeastVersion, Tls12, null);
            _ = SSL_CTX_ctrl(context, SetMode, ReleaseBuffers, null);
            _ = SSL_CTX_ctrl(context, SetReadAhead, 1, null);
            _ = SSL_CTX_ctrl(context, SetSessionCache, CacheForClient, null);
            _ = SSL_CTX_set_options(context, NoRenegotiation);
        }

        return context;
    }

    /// <summary>Says to the server whom we want to talk to (RFC 6066 section 3).</summary>
    public static void SendServerName(nint ssl, string name)
    {
        var bytes = stackalloc byte[MostNameBytes];
        if (Terminate(name, bytes))
        {
            _ = SSL_ctrl(ssl, SetServerName, 0, bytes);
        }
    }

    /// <summary>The first error of this thread in words; empty if there is none.</summary>
    public static string DescribeError()
    {
        var error = ERR_get_error();
        if (error == 0)
        {
            return "";
        }

        var text = stackalloc byte[256];
        ERR_error_string_n(error, text, 256);
        return Marshal.PtrToStringUTF8((nint)text)!;
    }

    /// <summary>Why a certificate was not accepted.</summary>
    public static string DescribeVerification(nint result) => Marshal.PtrToStringUTF8(X509_verify_cert_error_string(result))!;

    [LibraryImport(Library)]
    public static partial void SSL_CTX_free(nint context);

    [LibraryImport(Library)]
    public static partial void SSL_CTX_set_verify(nint context, int mode, nint callback);

    [LibraryImport(Library)]
    public static partial int SSL_CTX_set_default_verify_paths(nint context);

    [LibraryImport(Library)]
    public static partial nint SSL_CTX_get_cert_store(nint context);

    [LibraryImport(Library)]
    public static partial int SSL_CTX_set_alpn_protos(nint context, byte* protocols, uint length);

    [LibraryImport(Library)]
    public static partial void SSL_CTX_sess_set_new_cb(nint context, delegate* unmanaged<nint, nint, int> callback);

    [LibraryImport(Library)]
    public static partial nint SSL_new(nint context);

    [LibraryImport(Library)]
    public static partial void SSL_free(nint ssl);

    [LibraryImport(Library)]
    public static partial void SSL_set_bio(nint ssl, nint read, nint write);

    [LibraryImport(Library)]
    public static partial nint SSL_get_rbio(nint ssl);

    [LibraryImport(Library)]
    public static partial void SSL_set_connect_state(nint ssl);

    [LibraryImport(Library)]
    public static partial int SSL_do_handshake(nint ssl);

    [LibraryImport(Library)]
    public static partial int SSL_read(nint ssl, byte* buffer, int length);

    [LibraryImport(Library)]
    public static partial int SSL_write(nint ssl, byte* buffer, int length);

    [LibraryImport(Library)]
    public static partial int SSL_has_pending(nint ssl);

    [LibraryImport(Library)]
    public static partial int SSL_get_error(nint ssl, int result);

    [LibraryImport(Library)]
    public static partial int SSL_shutdown(nint ssl);

    [LibraryImport(Library)]
    public static partial void SSL_set_shutdown(nint ssl, int mode);

    [LibraryImport(Library)]
    public static partial int SSL_set_session(nint ssl, nint session);

    [LibraryImport(Library)]
    public static partial void SSL_SESSION_free(nint session);

    [LibraryImport(Library)]
    public static partial void SSL_set_hostflags(nint ssl, uint flags);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SSL_set1_host(nint ssl, string name);

    [LibraryImport(Library)]
    public static partial nint SSL_get0_param(nint ssl);

    [LibraryImport(Library)]
    public static partial nint SSL_get_verify_result(nint ssl);

    [LibraryImport(Crypto, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int X509_VERIFY_PARAM_set1_ip_asc(nint parameters, string address);

    [LibraryImport(Crypto)]
    public static partial int X509_STORE_add_cert(nint store, nint certificate);

    [LibraryImport(Crypto)]
    public static partial nint d2i_X509(nint result, byte** der, nint length);

    [LibraryImport(Crypto)]
    public static partial void X509_free(nint certificate);

    [LibraryImport(Crypto, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint BIO_meth_new(int type, string name);

    [LibraryImport(Crypto)]
    public static partial int BIO_meth_set_read(nint method, delegate* unmanaged<nint, byte*, int, int> read);

    [LibraryImport(Crypto)]
    public static partial int BIO_meth_set_write(nint method, delegate* unmanaged<nint, byte*, int, int> write);

    [LibraryImport(Crypto)]
    public static partial int BIO_meth_set_ctrl(nint method, delegate* unmanaged<nint, int, nint, nint, nint> control);

    [LibraryImport(Crypto)]
    public static partial nint BIO_new(nint method);

    [LibraryImport(Crypto)]
    public static partial void BIO_set_init(nint bio, int isReady);

    [LibraryImport(Crypto)]
    [SuppressGCTransition]
    public static partial void BIO_set_data(nint bio, nint data);

    [LibraryImport(Crypto)]
    [SuppressGCTransition]
    public static partial nint BIO_get_data(nint bio);

    [LibraryImport(Crypto)]
    [SuppressGCTransition]
    public static partial void BIO_set_flags(nint bio, int flags);

    [LibraryImport(Crypto)]
    [SuppressGCTransition]
    public static partial void BIO_clear_flags(nint bio, int flags);

    [LibraryImport(Crypto)]
    public static partial void ERR_clear_error();

    private const int MostNameBytes = 256;

    private static bool Terminate(string name, byte* bytes)
    {
        var written = 0;
        if (name.Length >= MostNameBytes || !System.Text.Encoding.ASCII.TryGetBytes(name, new Span<byte>(bytes, MostNameBytes - 1), out written))
        {
            return false;
        }

        Unsafe.Write(bytes + written, (byte)0);
        return true;
    }

    [LibraryImport(Library)]
    private static partial nint TLS_client_method();

    [LibraryImport(Library)]
    private static partial nint SSL_CTX_new(nint method);

    [LibraryImport(Library)]
    private static partial nint SSL_CTX_ctrl(nint context, int command, nint number, void* pointer);

    [LibraryImport(Library)]
    private static partial ulong SSL_CTX_set_options(nint context, ulong options);

    [LibraryImport(Library)]
    private static partial nint SSL_ctrl(nint ssl, int command, nint number, void* pointer);

    [LibraryImport(Crypto)]
    private static partial nuint ERR_get_error();

    [LibraryImport(Crypto)]
    private static partial void ERR_error_string_n(nuint error, byte* text, nuint length);

    [LibraryImport(Crypto)]
    private static partial nint X509_verify_cert_error_string(nint result);
}
