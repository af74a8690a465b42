using Orchestrator.Host.Clocks;

namespace Orchestrator.Host.Tasks;

/// <summary>待办: the work list.</summary>
static class TasksParts
{
    public static void AddTasks(this IServiceCollection services) => services.AddSingleton<TaskReader>();

    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/tasks").WithTags("Tasks").SettlesAtOnce();
        ListTasks.Map(group);
        ReadTask.Map(group);
        ClaimTask.Map(group);
        CompleteTask.Map(group);
    }
}
