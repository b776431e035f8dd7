using System.Text.Json;

namespace Gateway.Core.Configuration;

/// <summary>What somebody wrote at a place, and behind him those whom he overrules.</summary>
/// <param name="Value">What he wrote; undefined for nothing.</param>
/// <param name="Speaker">Who he is.</param>
/// <param name="Overruled">The next one; null for the last, whose word is the default.</param>
internal sealed record Said(JsonElement Value, string Speaker, Said? Overruled)
{
    /// <summary>Who decides about this place.</summary>
    public string Who => Overruled is null || Value.ValueKind != JsonValueKind.Undefined ? Speaker : Overruled.Who;

    /// <summary>The same about a part of it. A short form stands for all of its parts.</summary>
    public Said At(ConfigStep step) => this with
    {
        Value = Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? step.Into(Value) : Value,
        Overruled = Overruled?.At(step),
    };

    /// <summary>Puts somebody between this one and those behind.</summary>
    public Said Over(JsonElement value, string speaker) => this with { Overruled = new Said(value, speaker, Overruled) };
}
