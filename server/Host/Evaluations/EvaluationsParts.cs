namespace Orchestrator.Host.Evaluations;

/// <summary>好差评: rating and reading ratings. The tickets of bad reviews are cases of kind <c>ticket</c>.</summary>
static class EvaluationsParts
{
    public static void MapEvaluations(this IEndpointRouteBuilder routes)
    {
        RateCase.Map(routes);
        ListEvaluations.Map(routes);
    }
}
