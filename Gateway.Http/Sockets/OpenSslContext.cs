using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Http.Sockets;

/// <summary>What all connections to one server by OpenSSL have in common: its name, whom to trust, and the last session, to be resumed. For all reactors.</summary>
internal sealed unsafe class OpenSslContext : SafeHandle
{
    private readonly string _serverName;
    private readonly bool _isAddress;
    private nint _session;

    private OpenSslContext(string serverName)
        : base(0, ownsHandle: true)
    {
        _serverName = serverName;
        _isAddress = IPAddress.TryParse(serverName, out _);
        SetHandle(OpenSsl.NewClientContext());
    }

    /// <inheritdoc />
    public override bool IsInvalid => handle == 0;

    /// <summary>Makes one; null where the library is not there. Reads the system's authorities: not for a reactor's thread.</summary>
    /// <param name="serverName">The name sent to the server and looked for in its certificate.</param>
    /// <param name="authorities">Those to trust instead of the system's.</param>
    /// <exception cref="CryptographicException">OpenSSL does not take an authority.</exception>
    public static OpenSslContext? TryMake(string serverName, X509Certificate2Collection? authorities)
    {
        if (!OpenSsl.IsThere)
        {
            return null;
        }

        var context = new OpenSslContext(serverName);
        if (context.IsInvalid || !context.SpeaksHttp() || !context.Trusts(authorities))
        {
            context.Dispose();
            throw new CryptographicException($"OpenSSL: {OpenSsl.DescribeError()}");
        }

        OpenSsl.SSL_CTX_set_verify(context.handle, OpenSsl.VerifyPeer, 0);
        OpenSsl.SSL_CTX_sess_set_new_cb(context.handle, OpenSslTransport.NewSession);
        return context;
    }

    /// <summary>The state of one connection, which whoever asks must free. There is no way around the verification.</summary>
    /// <param name="transport">Where its bytes come from and go to; belongs to the connection from now on.</param>
    public nint NewConnection(nint transport)
    {
        var ssl = OpenSsl.SSL_new(handle);
        OpenSsl.SSL_set_bio(ssl, transport, transport);
        OpenSsl.SSL_set_connect_state(ssl);
        OpenSsl.SSL_set_hostflags(ssl, OpenSsl.NoPartialWildcards);
        if (_isAddress)
        {
            Require(OpenSsl.X509_VERIFY_PARAM_set1_ip_asc(OpenSsl.SSL_get0_param(ssl), _serverName));
        }
        else
        {
            Require(OpenSsl.SSL_set1_host(ssl, _serverName));
            OpenSsl.SendServerName(ssl, _serverName);
        }

        // RFC 8446 appendix C.4: a ticket is used once.
        if (Interlocked.Exchange(ref _session, 0) is var session and not 0)
        {
            _ = OpenSsl.SSL_set_session(ssl, session);
            OpenSsl.SSL_SESSION_free(session);
        }

        return ssl;
    }

    /// <summary>Takes over a session that the next connection may resume. Any thread.</summary>
    public void Keep(nint session)
    {
        if (Interlocked.Exchange(ref _session, session) is var before and not 0)
        {
            OpenSsl.SSL_SESSION_free(before);
        }
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        Keep(0);
        OpenSsl.SSL_CTX_free(handle);
        return true;
    }

    // Without the name to look for, any certificate would do.
    private static void Require(int result)
    {
        if (result != 1)
        {
            throw new CryptographicException("OpenSSL does not take the server's name.");
        }
    }

    private bool SpeaksHttp()
    {
        fixed (byte* protocols = "\bhttp/1.1"u8)
        {
            return OpenSsl.SSL_CTX_set_alpn_protos(handle, protocols, 9) == 0;
        }
    }

    private bool Trusts(X509Certificate2Collection? authorities)
    {
        if (authorities is null)
        {
            return OpenSsl.SSL_CTX_set_default_verify_paths(handle) == 1;
        }

        var store = OpenSsl.SSL_CTX_get_cert_store(handle);
        return authorities.All(authority => Add(store, authority.RawData));
    }

    private static bool Add(nint store, byte[] der)
    {
        fixed (byte* start = der)
        {
            var at = start;
            var certificate = OpenSsl.d2i_X509(0, &at, der.Length);
            var isAdded = certificate != 0 && OpenSsl.X509_STORE_add_cert(store, certificate) == 1;
            OpenSsl.X509_free(certificate);
            return isAdded;
        }
    }
}
