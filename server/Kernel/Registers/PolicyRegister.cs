using System.Text.Json;
using NodaTime;

namespace Orchestrator.Kernel.Registers;

/// <summary>政策公开: a policy document that must be made public (XA-35).</summary>
public sealed record PolicyEntry : RegisterState
{
    /// <summary>When the information was generated; null before.</summary>
    public Instant? GeneratedAt { get; init; }
    /// <summary>When it was made public; null before.</summary>
    public Instant? PublishedAt { get; init; }

    /// <inheritdoc/>
    public override string StateAt(Instant now) => PublishedAt is not null ? "published" : GeneratedAt is not null ? "open" : "draft";
}

/// <summary>Policies are made public, with an interpretation, within the limit of P51 from their generation (XA-35, T-PUB).</summary>
public static class PolicyRegister
{
    /// <summary>Acts: <c>register_policy</c> and <c>publish_policy</c> {interpretation}.</summary>
    public static RegisterResult Apply(PolicyEntry policy, string act, JsonElement data, RegisterContext context) => act switch
    {
        "register_policy" => Generate(policy, context),
        "publish_policy" => Publish(policy, data, context),
        _ => Register.Unknown(policy, act),
    };

    static RegisterResult Generate(PolicyEntry policy, RegisterContext context)
    {
        if (policy.GeneratedAt is not null)
            return RegisterResult.Refuse(policy, "XA-35", "该政策已登记", "The policy has been registered already");
        var work = new RegisterWork(policy with { GeneratedAt = context.Now }, context);
        if (context.Profile.PolicyPublicationLimit is { } limit) work.Start("T-PUB", limit);
        return work.Done();
    }

    static RegisterResult Publish(PolicyEntry policy, JsonElement data, RegisterContext context)
    {
        if (policy.GeneratedAt is null || policy.PublishedAt is not null)
            return RegisterResult.Refuse(policy, "XA-35", "该政策未登记或者已公开", "The policy is not registered or is public already");
        if (!RegisterData.FlagOf(data, "interpretation") && RegisterData.TextOf(data, "interpretation") is null)
            return RegisterResult.Refuse(policy, "XA-35", "政策公开应当同时发布解读", "A policy is made public together with its interpretation", "interpretation");
        var work = new RegisterWork(policy with { PublishedAt = context.Now }, context);
        work.Record("policy_published");
        work.Stop("T-PUB");
        return work.Done();
    }
}
