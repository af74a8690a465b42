using NodaTime;

namespace Orchestrator.Host.Clocks;

/// <summary>Moves the manual clock and does what becomes due on the way, in due order, each thing with the clock at its own instant.</summary>
sealed class MoveClock(ManualClock clock, IEnumerable<IDueWork> work)
{
    readonly IDueWork[] work = [.. work];
    readonly SemaphoreSlim turn = new(1);

    /// <summary>Moves forward to an instant; the number of things done. The clock does not go back: an earlier instant does what is due now.</summary>
    public async Task<int> To(Instant target, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            var done = await Settle(stop);
            while (await Next(stop) is { } next && next <= target)
            {
                clock.Set(Instant.Max(clock.Now, next));
                var now = await Settle(stop);
                if (now == 0) break;   // what is due cannot be done; it has been put aside or waits for a later try
                done += now;
            }
            clock.Set(Instant.Max(clock.Now, target));
            return done + await Settle(stop);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Everything due at the present instant, until nothing is left: messages lead to transitions and these to messages.</summary>
    async Task<int> Settle(CancellationToken stop)
    {
        var total = 0;
        for (var done = -1; done != 0;)
        {
            done = 0;
            foreach (var each in work) done += await each.RunOnce(clock.Now, stop);
            total += done;
        }
        return total;
    }

    async Task<Instant?> Next(CancellationToken stop)
    {
        Instant? next = null;
        foreach (var each in work)
            if (await each.NextDue(stop) is { } due && (next is null || due < next)) next = due;
        return next;
    }
}
