namespace Gateway.Core.Translation.Answers;

/// <summary>Tokens of an answer as the client is told: the three inputs add up to the prompt, and thinking is part of the output.</summary>
public readonly record struct AnswerUsage(long Input, long Output, long CacheRead, long CacheCreation, long Thinking = 0);
