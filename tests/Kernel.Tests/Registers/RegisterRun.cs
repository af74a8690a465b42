using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;
using Orchestrator.Kernel.Registers;
using Xunit;

namespace Orchestrator.Kernel.Tests.Registers;

/// <summary>Runs one register entry along a timeline, storing and reading it back between the steps.</summary>
sealed class RegisterRun(string region, RegisterState state)
{
    static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    internal RegisterState State { get; private set; } = state;
    internal ItemEntry Item => (ItemEntry)State;
    PolicyProfile profile = ShippedProfiles.Get(region);

    internal static Instant At(string local) => LegalTime.At(Minutes.Parse(local).Value);

    /// <summary>The end of a day, as scenario files write a due instant.</summary>
    internal static Instant EndOf(string day) => LegalTime.EndOf(LocalDatePattern.Iso.Parse(day).Value);

    internal static RegisterRun OfItem(string region, string at, string json)
    {
        var terms = ItemTerms.FromScenario("X", JsonDocument.Parse(json).RootElement);
        return new RegisterRun(region, ItemRegister.Install(terms, Context(at, ShippedProfiles.Get(region))).State);
    }

    internal RegisterRun Override(string key, string value)
    {
        profile = profile.With([new(key, value)]);
        return this;
    }

    internal RegisterResult Pass(string at) => Keep(Register.Advance(State, Context(at, profile)));

    internal RegisterResult Do(string at, string act, string data = "{}", string role = "catalogue_manager")
    {
        Pass(at);
        return Keep(Register.Apply(State, act, new Actor("u1", role), JsonDocument.Parse(data).RootElement, Context(at, profile)));
    }

    internal void Refused(string rule, string at, string act, string data = "{}", string role = "catalogue_manager")
    {
        Pass(at);
        var before = RegisterJson.Write(State);
        var result = Do(at, act, data, role);
        Assert.Equal(rule, result.Refused?.Rule);
        Assert.Equal(before, RegisterJson.Write(State));
    }

    internal CaseTimer Timer(string kind) => State.Timers[kind];

    static RegisterContext Context(string at, PolicyProfile profile) => new(At(at), WorkingCalendar.Shipped, profile);

    RegisterResult Keep(RegisterResult result)
    {
        State = RegisterJson.Read(RegisterJson.Write(result.State));
        return result;
    }
}

static class Facts
{
    internal static IEnumerable<string> Of(this RegisterResult result, RegisterFactKind kind) => result.Facts.Where(fact => fact.Kind == kind).Select(fact => fact.Name);
}
