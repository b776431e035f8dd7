using Gateway.Core.Schema;
using static Gateway.Core.Configuration.FieldKinds;

namespace Gateway.Core.Configuration;

/// <summary>The fields about listeners besides the main one.</summary>
internal static class OtherListenerFields
{
    public static ConfigTable<SecureListenerConfig> Secure { get; } = new()
    {
        { "bind_address", Address, c => c.BindAddress, (c, v) => c with { BindAddress = v! },
            "Address to listen on. One that other machines can reach needs `clients` or `client_ca_file`." },
        { "port", Number(0, 65_535), c => c.Port, (c, v) => c with { Port = v },
            "TCP port for clients that come by TLS (1.2 or 1.3, HTTP/1.1); 0 for none." },
        { "certificate_file", FilePath, c => c.CertificateFile, (c, v) => c with { CertificateFile = v },
            "PEM file with the gateway's certificate, followed by those between it and its authority. Read again at each reload." },
        { "key_file", FilePath, c => c.KeyFile, (c, v) => c with { KeyFile = v },
            "PEM file with its private key." },
        { "client_ca_file", FilePath, c => c.ClientCaFile, (c, v) => c with { ClientCaFile = v },
            "PEM file with the authorities of clients: each must then show a certificate of theirs (mTLS)." },
    };

    public static ConfigTable<ManagementConfig> Management { get; } = new()
    {
        { "bind_address", Address, c => c.BindAddress, (c, v) => c with { BindAddress = v! },
            "Address to listen on. At one that other machines can reach every page but `/health`, `/livez` and `/readyz` takes the key." },
        { "port", Number(0, 65_535), c => c.Port, (c, v) => c with { Port = v },
            "TCP port of the management API alone; 0 for none." },
        { "unix_socket", FilePath, c => c.UnixSocket, (c, v) => c with { UnixSocket = v },
            "Unix socket of the management API alone; only the gateway's user can connect." },
        { "key_file", FilePath, c => c.KeyFile, (c, v) => c with { KeyFile = v },
            "File with the management key, instead of `management.key` in the state directory." },
    };

    public static ConfigTable<ListenerConfig> Table { get; } = new()
    {
        { "unix_socket", FilePath, c => c.UnixSocket, (c, v) => c with { UnixSocket = v },
            "Path of a Unix socket to listen on as well; only the gateway's user can connect." },
        { "tls", Secure, c => c.Secure, (c, v) => c with { Secure = v },
            "A listener for clients that come by TLS." },
        { "management", Management, c => c.Management, (c, v) => c with { Management = v },
            "A listener of its own for the management API; the others then answer `/health`, `/livez` and `/readyz` only." },
    };
}
