using System.Globalization;

namespace Gateway.Core.Synthetic;

/// <summary>The words of a command's line, taken one after the other.</summary>
internal sealed class CommandWords(string line)
{
    private int _at;

    /// <summary>What is left, as it stands.</summary>
    public ReadOnlySpan<char> Rest => line.AsSpan(_at).Trim();

    /// <summary>Takes the next word; empty at the end.</summary>
    public ReadOnlySpan<char> Next()
    {
        var rest = line.AsSpan(_at);
        var start = _at + rest.Length - rest.TrimStart().Length;
        var length = line.AsSpan(start).IndexOfAny(' ', '\t');
        _at = length < 0 ? line.Length : start + length;
        return line.AsSpan(start, _at - start);
    }

    /// <summary>Takes the next word if it is this one.</summary>
    public bool TryWord(string word)
    {
        var before = _at;
        if (Next().SequenceEqual(word))
        {
            return true;
        }

        _at = before;
        return false;
    }

    /// <summary>Takes a number of digits; one over <paramref name="most"/> counts as that.</summary>
    public bool TryNumber(int most, out int number)
    {
        var isNumber = long.TryParse(Next(), NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        number = (int)Math.Min(value, most);
        return isNumber;
    }
}
