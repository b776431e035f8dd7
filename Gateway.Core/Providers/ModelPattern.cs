using System.Text;

namespace Gateway.Core.Providers;

/// <summary>A model name as the operator writes it: exact, <c>prefix*</c>, or <c>*</c>.</summary>
public sealed class ModelPattern
{
    private readonly byte[] _text;

    /// <summary>From its written form.</summary>
    public ModelPattern(string pattern)
    {
        IsPrefix = pattern.EndsWith('*');
        _text = Encoding.UTF8.GetBytes(IsPrefix ? pattern[..^1] : pattern);
    }

    /// <summary>Everything that begins with it matches.</summary>
    public bool IsPrefix { get; }

    /// <summary>The name or the prefix, in UTF-8.</summary>
    public ReadOnlySpan<byte> Text => _text;

    /// <summary>A model's name matches; case counts.</summary>
    public bool Matches(ReadOnlySpan<byte> model) => IsPrefix ? model.StartsWith(_text) : model.SequenceEqual(_text);
}
