namespace Gateway.Tests.Architecture;

/// <summary>A rule of the design with its reason: who breaks it reads both, and every place.</summary>
internal static class Rule
{
    /// <summary>Fails with the reason and all places, one a line.</summary>
    public static void Holds(string reason, IEnumerable<string> brokenBy)
    {
        var places = brokenBy.Distinct().ToList();
        if (places.Count > 0)
        {
            Assert.Fail($"{reason}\n  {string.Join("\n  ", places)}");
        }
    }
}
