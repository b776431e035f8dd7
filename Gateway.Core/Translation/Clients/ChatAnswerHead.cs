using Gateway.Core.Translation.Requests;

namespace Gateway.Core.Translation.Clients;

/// <summary>What stands first in every answer: whose it is, when it was made and by which model.</summary>
internal static class ChatAnswerHead
{
    /// <summary>Writes the members, into an object that is open.</summary>
    /// <param name="kind">OpenAI's name of the object.</param>
    /// <param name="id">Anthropic's id of the message, escaped; its own part is kept, so that both can be found by it.</param>
    /// <param name="model">The model as the answer names it, escaped.</param>
    /// <param name="context">What the answer depends on.</param>
    /// <param name="output">Takes them.</param>
    public static void Write(
        ReadOnlySpan<byte> kind,
        ReadOnlySpan<byte> id,
        ReadOnlySpan<byte> model,
        ChatAnswerContext context,
        JsonOutput output)
    {
        output.Name("id"u8);
        output.BeginText();
        output.Piece("chatcmpl-"u8);
        output.Piece(id.StartsWith("msg_"u8) ? id[4..] : id);
        output.EndText();
        output.Name("object"u8);
        output.Text(kind);
        output.Name("created"u8);
        output.Number(context.CreatedAt);
        output.Name("model"u8);
        output.BeginText();
        if (context.ClientModel.IsEmpty)
        {
            output.Piece(model);
        }
        else
        {
            output.Escape(context.ClientModel.Span);
        }

        output.EndText();
    }
}
