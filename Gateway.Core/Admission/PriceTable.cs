using System.Text;
using Gateway.Core.Configuration;

namespace Gateway.Core.Admission;

/// <summary>From a provider's model to what it costs. Immutable; looking up allocates nothing.</summary>
public sealed class PriceTable
{
    private readonly (byte[] Text, bool IsPrefix, Price Price)[] _rows;

    /// <summary>From a checked configuration.</summary>
    public PriceTable(IReadOnlyList<KeyValuePair<string, PriceConfig>> prices) =>
        _rows = [.. prices
            .Select(row => (Text: Encoding.UTF8.GetBytes(row.Key.TrimEnd('*')), IsPrefix: row.Key.EndsWith('*'), Price: new Price(row.Value)))
            .OrderBy(row => row.IsPrefix)
            .ThenByDescending(row => row.Text.Length)];

    /// <summary>The price of a model; null if it is not written.</summary>
    public Price? Find(ReadOnlySpan<byte> model)
    {
        foreach (var (text, isPrefix, price) in _rows)
        {
            if (isPrefix ? model.StartsWith(text) : model.SequenceEqual(text))
            {
                return price;
            }
        }

        return null;
    }
}
