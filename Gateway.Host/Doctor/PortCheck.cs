using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Gateway.Host.Doctor;

/// <summary>Is the port free, or has a gateway taken it already?</summary>
internal sealed class PortCheck : ICheck
{
    private const string Name = "port";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    public async Task<IReadOnlyList<Finding>> RunAsync(Examination patient)
    {
        if (patient.Result.Config is not { } config)
        {
            return [];
        }

        var endPoint = new IPEndPoint(config.Listener.BindAddress, config.Listener.Port);
        try
        {
            using var listener = new TcpListener(endPoint);
            listener.Start();
            return [new Finding(Name, Verdict.Fine, $"{endPoint} is free")];
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return
            [
                await IsGatewayAsync(patient.Address!).ConfigureAwait(false)
                    ? new Finding(Name, Verdict.Fine, $"{endPoint}: a gateway is running there")
                    : new Finding(Name, Verdict.Broken, $"{endPoint} is in use by another program", $"stop it (ss -ltnp 'sport = :{endPoint.Port}' names it), or take another port: GATEWAY_PORT, --port"),
            ];
        }
        catch (SocketException exception)
        {
            return [new Finding(Name, Verdict.Broken, $"{endPoint}: {exception.Message}", "bind_address: an address of this machine; port: one above 1023, or with the right to the lower ones")];
        }
    }

    private static async Task<bool> IsGatewayAsync(string address)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        using var client = new HttpClient(handler) { Timeout = Longest };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            var body = await client.GetStringAsync($"{address}/health").ConfigureAwait(false);
            return body.Contains("\"status\"", StringComparison.Ordinal) && body.Contains("\"uptime_seconds\"", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or InvalidOperationException)
        {
            return false;
        }
    }
}
