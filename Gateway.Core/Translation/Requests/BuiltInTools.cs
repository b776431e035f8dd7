namespace Gateway.Core.Translation.Requests;

/// <summary>Tools of Anthropic's that the client runs and that have no schema of their own in a request: a model of another
/// provider gets what Anthropic documents.</summary>
/// <remarks>Source: platform.claude.com/docs/en/agents-and-tools/tool-use, pages "Bash tool", "Text editor tool" and "Memory tool".</remarks>
internal static class BuiltInTools
{
    private static ReadOnlySpan<byte> BashParameters => """
        {"type":"object","properties":{"command":{"type":"string","description":"The bash command to run. Required unless the tool is being restarted."},"restart":{"type":"boolean","description":"True restarts the tool."}}}
        """u8;

    private static ReadOnlySpan<byte> EditorParameters => """
        {"type":"object","properties":{"command":{"type":"string","enum":["view","create","str_replace","insert"],"description":"The command to run."},"path":{"type":"string","description":"Path of the file or directory."},"file_text":{"type":"string","description":"Content of the file, for create."},"old_str":{"type":"string","description":"Text to replace, for str_replace; it must occur exactly once."},"new_str":{"type":"string","description":"Text to put in its place, for str_replace, or to insert."},"insert_line":{"type":"integer","description":"Line after which to insert, 0 for the start of the file."},"insert_text":{"type":"string","description":"Text to insert."},"view_range":{"type":"array","items":{"type":"integer"},"description":"First and last line to view; -1 is the end of the file."}},"required":["command","path"]}
        """u8;

    private static ReadOnlySpan<byte> MemoryParameters => """
        {"type":"object","properties":{"command":{"type":"string","enum":["view","create","str_replace","insert","delete","rename"],"description":"The command to run."},"path":{"type":"string","description":"Path below /memories."},"view_range":{"type":"array","items":{"type":"integer"},"description":"First and last line to view."},"file_text":{"type":"string","description":"Content of the file, for create."},"old_str":{"type":"string","description":"Text to replace."},"new_str":{"type":"string","description":"Text to put in its place."},"insert_line":{"type":"integer","description":"Line after which to insert."},"insert_text":{"type":"string","description":"Text to insert."},"old_path":{"type":"string","description":"Path to rename."},"new_path":{"type":"string","description":"Its new path."}},"required":["command"]}
        """u8;

    /// <summary>Whether a type of tool (<c>bash_20250124</c>) is one of them.</summary>
    public static bool Has(ReadOnlySpan<byte> type) => !Parameters(type).IsEmpty;

    /// <summary>Its parameters as a JSON schema; empty for any other.</summary>
    public static ReadOnlySpan<byte> Parameters(ReadOnlySpan<byte> type) =>
        type.StartsWith("bash_"u8) ? BashParameters
        : type.StartsWith("text_editor_"u8) ? EditorParameters
        : type.StartsWith("memory_"u8) ? MemoryParameters
        : default;

    /// <summary>What it does; empty for any other.</summary>
    public static ReadOnlySpan<byte> Description(ReadOnlySpan<byte> type) =>
        type.StartsWith("bash_"u8) ? "Runs a command in a persistent bash session."u8
        : type.StartsWith("text_editor_"u8) ? "Views, creates and edits text files."u8
        : type.StartsWith("memory_"u8) ? "Keeps notes in files below /memories that outlast the conversation. Look there before starting."u8
        : default;
}
