using Orchestrator.Host.Clocks;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Outbox;

/// <summary>The outbox and the channels that an installation without its own has.</summary>
static class OutboxServices
{
    public static IServiceCollection AddOutbox(this IServiceCollection services, ServerSettings settings)
    {
        services.AddOutbox();
        return settings.ManualClock ? services : services.AddHostedService<SendAfterCommit>();   // with a manual clock whoever moves it sends
    }

    static IServiceCollection AddOutbox(this IServiceCollection services) => services
        .AddSingleton<OutboxSignal>()
        .AddSingleton<OutboxStore>()
        .AddSingleton<RecordingPorts>()
        .AddSingleton<INoticeChannel>(provider => provider.GetRequiredService<RecordingPorts>())
        .AddSingleton<IEventPublisher>(provider => provider.GetRequiredService<RecordingPorts>())
        .AddKeyedSingleton<IAcknowledgingPort>(OutboxTopic.Certificate, (provider, _) => provider.GetRequiredService<RecordingPorts>())
        .AddKeyedSingleton<IAcknowledgingPort>(OutboxTopic.Share, (provider, _) => provider.GetRequiredService<RecordingPorts>())
        .AddSingleton<SendMessage>()
        .AddSingleton<AcknowledgeSent>()
        .AddSingleton<DispatchOutbox>()
        .AddSingleton<IDueWork>(provider => provider.GetRequiredService<DispatchOutbox>());
}
