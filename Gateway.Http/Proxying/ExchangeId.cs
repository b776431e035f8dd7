using Gateway.Core.Telemetry;

namespace Gateway.Http.Proxying;

/// <summary>The id under which an exchange is logged and answered. Most exchanges end without anybody asking for it: it is made when somebody does.</summary>
/// <param name="ids">Makes ids.</param>
internal sealed class ExchangeId(RequestIds ids)
{
    private readonly byte[] _text = new byte[RequestIds.Length];
    private bool _isMade;

    /// <summary>The id.</summary>
    public ReadOnlySpan<byte> Text
    {
        get
        {
            if (!_isMade)
            {
                ids.Next(_text);
                _isMade = true;
            }

            return _text;
        }
    }

    /// <summary>For the next exchange.</summary>
    public void Begin() => _isMade = false;
}
