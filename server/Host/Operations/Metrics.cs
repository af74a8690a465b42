using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Orchestrator.Host.Operations;

/// <summary>
/// <c>/metrics</c> in the Prometheus text format: sums of the counters and histograms of this server's meters
/// (<c>Orchestrator.*</c>), of HTTP requests and of the runtime.
/// </summary>
sealed class Metrics : IDisposable
{
    /// <summary>The meter that slices count with.</summary>
    public static readonly Meter Meter = new("Orchestrator.Host");

    const int MostSeries = 2000;   // a label with unbounded values must not eat the memory

    readonly MeterListener listener = new();
    readonly ConcurrentDictionary<string, Series> series = new(StringComparer.Ordinal);

    /// <summary>One line of numbers: a running sum, and for histograms also how many were measured.</summary>
    sealed class Series(string name, string labels, bool histogram, bool gauge)
    {
        double sum;
        long count;

        public string Name { get; } = name;
        public string Labels { get; } = labels;
        public bool IsHistogram { get; } = histogram;
        public bool IsGauge { get; } = gauge;

        public void Take(double value, bool absolute)
        {
            lock (this)
            {
                sum = absolute ? value : sum + value;
                count++;
            }
        }

        public (double Sum, long Count) Read()
        {
            lock (this) return (sum, count);
        }
    }

    public Metrics()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (IsOurs(instrument)) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics", (Metrics metrics) => TypedResults.Text(metrics.Exposition(), "text/plain; version=0.0.4; charset=utf-8"))
        .Produces<string>(StatusCodes.Status200OK, "text/plain")
        .AllowAnonymous().WithName("Metrics").WithTags("Operations").WithSummary("Prometheus 指标 / Metrics for Prometheus");

    public void Dispose() => listener.Dispose();

    /// <summary>All series as Prometheus reads them.</summary>
    public string Exposition()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var group in series.Values.GroupBy(one => one.Name).OrderBy(group => group.Key, StringComparer.Ordinal)) Write(text, group);
        using var process = Process.GetCurrentProcess();
        Line(text.Append("# TYPE process_resident_memory_bytes gauge\n"), "process_resident_memory_bytes", "", process.WorkingSet64);
        return text.ToString();
    }

    static void Write(StringBuilder text, IGrouping<string, Series> group)
    {
        var first = group.First();
        text.Append("# TYPE ").Append(group.Key).Append(first.IsHistogram ? " summary\n" : first.IsGauge ? " gauge\n" : " counter\n");
        foreach (var one in group.OrderBy(one => one.Labels, StringComparer.Ordinal))
        {
            var (sum, count) = one.Read();
            Line(text, one.IsHistogram ? one.Name + "_sum" : one.Name, one.Labels, sum);
            if (one.IsHistogram) Line(text, one.Name + "_count", one.Labels, count);
        }
    }

    static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');

    static bool IsOurs(Instrument instrument) =>
        instrument.Meter.Name.StartsWith("Orchestrator.", StringComparison.Ordinal)
        || instrument.Name is "http.server.request.duration" or "http.server.active_requests"
        || instrument.Meter.Name == "System.Runtime" && instrument.Name is "dotnet.gc.collections" or "dotnet.gc.last_collection.heap.size" or "dotnet.thread_pool.queue.length";

    void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var type = instrument.GetType().Name;
        var gauge = type.Contains("UpDown", StringComparison.Ordinal) || type.Contains("Gauge", StringComparison.Ordinal);
        var name = Plain(instrument.Name) + (instrument.Unit == "s" ? "_seconds" : "");
        var labels = Labels(tags);
        var key = name + labels;
        if (!series.TryGetValue(key, out var one))
        {
            if (series.Count >= MostSeries) return;
            one = series.GetOrAdd(key, _ => new Series(name, labels, type.StartsWith("Histogram", StringComparison.Ordinal), gauge));
        }
        one.Take(value, absolute: instrument.IsObservable);
    }

    static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0) return "";
        var text = new StringBuilder("{");
        foreach (var (name, value) in tags)
        {
            if (name is "server.address" or "server.port" or "network.protocol.version") continue;
            if (text.Length > 1) text.Append(',');
            text.Append(Plain(name)).Append("=\"").Append(Escaped(value?.ToString() ?? "")).Append('"');
        }
        return text.Length == 1 ? "" : text.Append('}').ToString();
    }

    static string Escaped(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    static string Plain(string name) => string.Create(name.Length, name, (span, text) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = char.IsAsciiLetterOrDigit(text[i]) ? text[i] : '_';
    });
}
