using Orchestrator.Kernel.Engine;

namespace Orchestrator.Torture;

/// <summary>What a client may do next with a case, by its state: mostly legal, sometimes not.</summary>
static class Plan
{
    static readonly Dictionary<string, (string Act, string Role, string Data)[]> ByState = new()
    {
        ["submitted"] = [("accept", "acceptor", ""), ("accept", "acceptor", ""), ("issue_correction", "acceptor", "\"materials\": [\"M1\"], \"limit\": \"5wd\"")],
        ["correction_pending"] = [("resubmit", "applicant", "\"materials\": [\"M1\"]")],
        ["reviewing"] = [("review_done", "reviewer", "\"opinion\": \"positive\"")],
        ["deciding"] = [("approve", "decider", "\"licence\": [\"electronic\"]")],
        ["approved"] = [("result_online", "system", "")],
        ["result_ready"] = [("e_deliver", "system", "")],
        ["delivered"] = [("close", "system", "")],
        ["completed"] = [("rate", "applicant", "\"score\": 1, \"channel\": \"online\""), ("rate", "applicant", "\"score\": 5, \"channel\": \"online\"")],
    };

    /// <summary>Role and data of an act in a state; those of its usual state when it does not belong there.</summary>
    public static (string Role, string Data) Of(string act, string state)
    {
        var known = ByState.GetValueOrDefault(state, []).Concat(ByState.Values.SelectMany(acts => acts)).First(each => each.Act == act);
        return (known.Role, known.Data);
    }

    /// <summary>Null when nothing can be done with it any more.</summary>
    public static (string Act, string Role, string Data)? Next(CaseState state, Random random)
    {
        if (random.Next(20) == 0) return ("approve", "decider", "");   // legal in one state only
        if (!ByState.TryGetValue(state.State, out var acts) || state.State == "completed" && state.Evaluations.Rated > 0) return null;
        return acts[random.Next(acts.Length)];
    }
}
