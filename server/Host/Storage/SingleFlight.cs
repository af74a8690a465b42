using System.Collections.Concurrent;

namespace Orchestrator.Host.Storage;

/// <summary>A cache of immutable values: whoever asks first loads, all others wait for the same load. A load that failed is forgotten.</summary>
sealed class SingleFlight<TKey, TValue>(Func<TKey, Task<TValue>> load) where TKey : notnull
{
    readonly ConcurrentDictionary<TKey, Lazy<Task<TValue>>> loads = new();

    /// <summary>The value; loaded when it is asked for the first time.</summary>
    public ValueTask<TValue> Get(TKey key)
    {
        var entry = loads.GetOrAdd(key, static (key, load) => new(() => load(key)), load);
        return entry.Value is { IsCompletedSuccessfully: true } done ? new(done.Result) : new(Await(key, entry));
    }

    /// <summary>Forgets a value, so that the next one who asks loads it anew.</summary>
    public void Forget(TKey key) => loads.TryRemove(key, out _);

    async Task<TValue> Await(TKey key, Lazy<Task<TValue>> entry)
    {
        try
        {
            return await entry.Value;
        }
        catch
        {
            loads.TryRemove(new(key, entry));
            throw;
        }
    }
}
