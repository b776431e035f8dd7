namespace Gateway.Core.Compatibility;

/// <summary>What a provider was found not to know, by model; forgotten after a day, for providers learn too. Thread-safe.</summary>
/// <remarks>One conversation's finding holds for that conversation: the refusal may have been a whim, and everybody else's requests pass as
/// they are. What a second one finds as well holds for all.</remarks>
public sealed class CompatibilityMemory
{
    private const int MostFindings = 256;
    private const int MostNames = 16;
    private const long LifeMs = 24L * 3600 * 1000;

    // In place of a conversation: all of them.
    private const ulong Everyone = 0;

    private readonly Lock _learning = new();
    private Dictionary<(ulong Model, ulong Conversation), (LearnedDrops Drops, long Until)> _findings = [];

    /// <summary>Nothing was learned yet.</summary>
    public bool IsEmpty => Volatile.Read(ref _findings).Count == 0;

    /// <summary>All that is known, whether it holds for all conversations, and the time it is forgotten, ms.</summary>
    public IEnumerable<(LearnedDrops Drops, bool ForAll, long Until)> All =>
        Volatile.Read(ref _findings).Select(finding => (finding.Value.Drops, finding.Key.Conversation == Everyone, finding.Value.Until));

    /// <summary>What to leave out for a model; null for nothing. Allocates nothing.</summary>
    public LearnedDrops? Find(ulong model, ulong conversation, long nowMs)
    {
        var findings = Volatile.Read(ref _findings);
        return findings.TryGetValue((model, conversation), out var own) && nowMs < own.Until ? own.Drops
            : findings.TryGetValue((model, Everyone), out var general) && nowMs < general.Until ? general.Drops
            : null;
    }

    /// <summary>Learns a name; false if it was known, and so leaving it out did not help.</summary>
    public bool Learn(ulong model, ulong conversation, UnknownName name, long nowMs)
    {
        lock (_learning)
        {
            var findings = new Dictionary<(ulong Model, ulong Conversation), (LearnedDrops Drops, long Until)>(_findings.Where(finding => nowMs < finding.Value.Until));
            var isConfirmed = findings.Any(finding => finding.Key.Model == model && finding.Key.Conversation != conversation && finding.Value.Drops.Names.Contains(name));
            if ((Find(model, conversation, nowMs) ?? LearnedDrops.None).With(name) is not { } own || own.Names.Count > MostNames)
            {
                return false;
            }

            findings[(model, conversation)] = (own, nowMs + LifeMs);
            if (isConfirmed)
            {
                findings[(model, Everyone)] = ((findings.GetValueOrDefault((model, Everyone)).Drops ?? LearnedDrops.None).With(name) ?? own, nowMs + LifeMs);
            }

            if (findings.Count > MostFindings)
            {
                findings.Remove(findings.MinBy(finding => finding.Value.Until).Key);
            }

            Volatile.Write(ref _findings, findings);
            return true;
        }
    }
}
