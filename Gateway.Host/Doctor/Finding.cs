namespace Gateway.Host.Doctor;

/// <summary>How bad it is.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Fine,

    /// <summary>Not looked at.</summary>
    Skipped,

    /// <summary>It works, but perhaps not as it is meant.</summary>
    Odd,

    /// <summary>It does not work, or not safely.</summary>
    Broken,
}

/// <summary>What a check found.</summary>
/// <param name="Check">Name of the check.</param>
/// <param name="Verdict">How bad it is.</param>
/// <param name="Found">What is so; no credential.</param>
/// <param name="Fix">What to do about it; empty where nothing is to be done.</param>
internal sealed record Finding(string Check, Verdict Verdict, string Found, string Fix = "");
