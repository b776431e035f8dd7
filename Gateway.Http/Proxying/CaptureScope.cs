namespace Gateway.Http.Proxying;

/// <summary>What is captured of the traffic.</summary>
public enum CaptureScope : byte
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Sizes, shapes and times.</summary>
    Shapes,

    /// <summary>And what was said.</summary>
    Bodies,
}
