using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Kernel.Checks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Graph;
using Orchestrator.Kernel.Profiles;
using Orchestrator.Kernel.Tests.Graph;
using Xunit;

namespace Orchestrator.Kernel.Tests.Checks;

/// <summary>Shipped pipelines spoilt at random. Each run is repeatable: the seed is the number of the mutation.</summary>
public sealed class Hostile_documents
{
    const int Mutations = 20_000;

    static readonly string[] Values = ["null", "true", "-1", "1e999", "\"\"", "\"__proto__\"", "[]", "{}", "[[[[{}]]]]", "{\"expression\":{\"type\":\"Liquid\",\"value\":{}}}", "\"Elsa.FlowFork\"",
        "\"Elsa.FlowJoin\"", "\"Elsa.FlowSwitch\"", "\"Elsa.While\"", "\"Done\"", "\"Acceptance\"", "{\"memoryReference\":{\"id\":7}}", "{\"typeName\":null,\"expression\":null}"];

    const string Marks = "{}[]\",:\\0\uD800\u0000x";

    static readonly string[] Names = ["id", "type", "version", "cases", "branches", "mode", "count", "limit", "role", "condition", "customProperties", "metadata", "variables", "toString", ""];

    [Fact]
    public void no_spoilt_document_makes_the_checks_throw()
    {
        var shipped = ShippedWorkflows.Names.Select(ShippedWorkflows.Json).Append(WithControlFlow()).ToArray();
        string[] regions = [.. ShippedProfiles.All.Keys];
        var publishable = 0;
        for (var seed = 0; seed < Mutations; seed++)
        {
            var random = new Random(seed);
            var text = seed % 4 == 0 ? SpoilText(shipped[random.Next(shipped.Length)], random) : SpoilTree(shipped[random.Next(shipped.Length)], random);
            var failure = Record.Exception(() => publishable += DefinitionCheck.Run(text, ShippedProfiles.Get(regions[random.Next(regions.Length)])).IsPublishable ? 1 : 0);
            Assert.True(failure is null, $"seed {seed}: {failure}");
        }
        Assert.InRange(publishable, Mutations / 100, Mutations * 3 / 4);   // some changes do no harm, most do: else the mutator would test nothing
    }

    static string WithControlFlow() => Drawing.New.Variable("ok", "Boolean").Switch("s", "MatchAny", "A", "B", "C").Fork("f", "X", "Y").Task("a").Task("b").Task("c").Task("d").Join("j", "WaitAllActive").Join("k", "WaitCount", 1, true)
        .Decision("q", "ok").Add("e", "Elsa.ForEach", ("items", new[] { 1, 2 }))
        .Connect("start->s", "s.A->a", "s.B->b", "s.C->f", "s.Default->q", "f.X->c", "f.Y->d", "c->k", "d->k", "k->j", "a->j", "b->j", "q.True->e", "q.False->end", "e.Body->e", "e.Done->end", "j->end").Json().ToJsonString();

    static string SpoilText(string text, Random random)
    {
        var spoilt = new StringBuilder(text);
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(spoilt.Length);
            if (random.Next(3) == 0) spoilt.Remove(at, Math.Min(random.Next(1, 40), spoilt.Length - at));
            else spoilt[at] = Marks[random.Next(Marks.Length)];
        }
        return spoilt.ToString();
    }

    static string SpoilTree(string text, Random random)
    {
        var root = JsonNode.Parse(text)!;
        for (var i = random.Next(1, 6); i > 0; i--) SpoilOne(root, random);
        return root.ToJsonString();
    }

    static void SpoilOne(JsonNode root, Random random)
    {
        var at = root;
        while (Children(at) is { Count: > 0 } children && random.Next(6) != 0) at = children[random.Next(children.Count)];
        switch (at)
        {
            case JsonObject json when json.Count > 0:
                var name = random.Next(3) == 0 ? Names[random.Next(Names.Length)] : json.ElementAt(random.Next(json.Count)).Key;
                if (random.Next(3) == 0) json.Remove(name);
                else json[name] = JsonNode.Parse(Values[random.Next(Values.Length)]);
                break;
            case JsonArray list when list.Count > 0:
                var index = random.Next(list.Count);
                if (random.Next(3) == 0) list.RemoveAt(index);
                else if (random.Next(2) == 0) list.Add(list[random.Next(list.Count)]?.DeepClone());
                else list[index] = JsonNode.Parse(Values[random.Next(Values.Length)]);
                break;
        }
    }

    static List<JsonNode> Children(JsonNode node) => node switch
    {
        JsonObject json => [.. json.Select(each => each.Value).Where(each => each is JsonObject or JsonArray).Select(each => each!)],
        JsonArray list => [.. list.Where(each => each is JsonObject or JsonArray).Select(each => each!)],
        _ => [],
    };

    [Fact]
    public void what_was_spoilt_is_still_written_back_as_it_was_read()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var (document, _) = DefinitionDocument.Read(SpoilTree(ShippedWorkflows.Json("standard"), new Random(seed)));
            var written = document!.Write();
            Assert.Equal(written, DefinitionDocument.Read(written).Document!.Write());
        }
    }
}
