namespace Gateway.Core.Translation.Answers;

/// <summary>Tokens of an answer as the client is told: the three inputs add up to the prompt.</summary>
public readonly record struct AnswerUsage(long Input, long Output, long CacheRead, long CacheCreation);
