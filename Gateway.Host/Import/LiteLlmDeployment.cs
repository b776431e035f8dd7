namespace Gateway.Host.Import;

/// <summary>One entry of LiteLLM's <c>model_list</c>: who serves an alias.</summary>
/// <param name="Alias">The name that clients use.</param>
/// <param name="Provider">Name of the provider, as we call it.</param>
/// <param name="Model">The provider's model; null for the client's.</param>
/// <param name="Weight">Its share; null where none is written.</param>
internal sealed record LiteLlmDeployment(string Alias, string Provider, string? Model, int? Weight);
