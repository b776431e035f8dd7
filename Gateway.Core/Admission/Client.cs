using System.Text;
using Gateway.Core.Configuration;

namespace Gateway.Core.Admission;

/// <summary>One who may enter. Immutable but for what is left of its limits.</summary>
public sealed class Client
{
    private readonly ClientPattern[] _models;
    private readonly HashSet<string> _providers;
    private readonly byte[] _keyHash;

    internal Client(ClientConfig config, RateLimits? limits)
    {
        Name = config.Name;
        NameUtf8 = Encoding.UTF8.GetBytes(config.Name);
        Expires = config.Expires ?? DateTimeOffset.MaxValue;
        Limits = limits;
        _models = [.. config.Models.Select(model => new ClientPattern(model))];
        MayUseAll = config.Models.Count == 0 || config.Models.Contains("*");
        _providers = [.. config.Providers];
        _keyHash = config.KeyHash.ToArray();
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its name in UTF-8.</summary>
    public ReadOnlyMemory<byte> NameUtf8 { get; }

    /// <summary>Its key is none any more after this.</summary>
    public DateTimeOffset Expires { get; }

    /// <summary>How much it may ask for; null for as much as it likes.</summary>
    public RateLimits? Limits { get; }

    /// <summary>It may use every model.</summary>
    public bool MayUseAll { get; }

    internal ReadOnlySpan<byte> KeyHash => _keyHash;

    /// <summary>It may ask for this model. Allocates nothing.</summary>
    public bool MayUse(ReadOnlySpan<byte> model)
    {
        foreach (var pattern in _models)
        {
            if (pattern.Matches(model))
            {
                return true;
            }
        }

        return _models.Length == 0;
    }

    /// <summary>This provider may serve it. Allocates nothing.</summary>
    public bool MayUseProvider(string name) => _providers.Count == 0 || _providers.Contains(name);

    private readonly struct ClientPattern(string pattern)
    {
        private readonly byte[] _text = Encoding.UTF8.GetBytes(pattern.TrimEnd('*'));
        private readonly bool _isPrefix = pattern.EndsWith('*');

        public bool Matches(ReadOnlySpan<byte> model) => _isPrefix ? model.StartsWith(_text) : model.SequenceEqual(_text);
    }
}
