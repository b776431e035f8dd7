namespace Gateway.Host.Cli.Output;

/// <summary>How a piece of text looks on a terminal that has colours: the number of ECMA-48, "Select Graphic Rendition".</summary>
internal enum Ink
{
    /// <summary>As everything else.</summary>
    Plain = 0,

    /// <summary>A heading.</summary>
    Bold = 1,

    /// <summary>Broken.</summary>
    Red = 31,

    /// <summary>Fine.</summary>
    Green = 32,

    /// <summary>Odd.</summary>
    Yellow = 33,
}

/// <summary>A piece of text and its ink.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Ink">How it looks.</param>
internal readonly record struct Cell(string Text, Ink Ink = Ink.Plain)
{
    public static implicit operator Cell(string text) => new(text);

    /// <summary>The text, coloured if the terminal has colours.</summary>
    public string Painted(bool hasColour) => hasColour && Ink != Ink.Plain ? $"\e[{(int)Ink}m{Text}\e[0m" : Text;
}
