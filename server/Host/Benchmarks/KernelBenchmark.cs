using System.Diagnostics;
using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Benchmarks;

/// <summary><c>bench kernel</c>: what a step costs without a database, split into reading the state, deciding, and writing state and events. One thread.</summary>
static class KernelBenchmark
{
    public static async Task<int> Run(IReadOnlyList<string> words)
    {
        var options = BenchOptions.Parse(words, cases: 3_000, workers: 1);
        Drive(Math.Min(options.Cases, 500));   // warm-up
        var (steps, read, step, write, bytes) = Drive(options.Cases);
        var report = new BenchReport("kernel")
        {
            ["steps"] = steps,
            ["stepsPerSecond"] = steps / (read + step + write).TotalSeconds,
            ["readStateUs"] = read.TotalMicroseconds / steps,
            ["stepUs"] = step.TotalMicroseconds / steps,
            ["writeUs"] = write.TotalMicroseconds / steps,
            ["allocatedBytesPerStep"] = (double)bytes / steps,
        };
        await report.Write(options.Json);
        return 0;
    }

    static (int Steps, TimeSpan Read, TimeSpan Step, TimeSpan Write, long Bytes) Drive(int cases)
    {
        var flow = ShippedWorkflows.Get("standard");
        var context = new StepContext(Instant.FromUtc(2026, 9, 18, 2, 0), WorkingCalendar.Shipped, PipelineCases.Profile, PipelineCases.Item);
        var (steps, read, step, write, allocated) = (0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, GC.GetAllocatedBytesForCurrentThread());
        for (var n = 0; n < cases; n++)
        {
            byte[]? stored = null;
            for (var at = 0; at < PipelineCases.Acts.Length; at++, steps++)
            {
                Stimulus stimulus = at == 0 ? PipelineCases.Opening($"K{n}").Stimulus : PipelineCases.Stimulus(at);
                var begun = Stopwatch.GetTimestamp();
                var state = stored is null ? null : KernelJson.ReadState(stored);
                read += Stopwatch.GetElapsedTime(begun);
                begun = Stopwatch.GetTimestamp();
                var moved = (StepResult.Moved)CaseEngine.Step(flow, state, stimulus, context);
                step += Stopwatch.GetElapsedTime(begun);
                begun = Stopwatch.GetTimestamp();
                stored = KernelJson.Write(moved.State);
                _ = KernelJson.Write(moved.Events);
                write += Stopwatch.GetElapsedTime(begun);
            }
        }
        return (steps, read, step, write, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }
}
