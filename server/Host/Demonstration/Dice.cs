namespace Orchestrator.Host.Demonstration;

/// <summary>A seeded generator of numbers (SplitMix64): the same seed throws the same numbers on every machine and every version of the runtime.</summary>
sealed class Dice(ulong seed)
{
    ulong state = seed;

    /// <summary>A number from 0 up to, but not including, <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    /// <summary>A number in the range, both ends included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True once in so many throws.</summary>
    public bool OneIn(int count) => Below(count) == 0;

    /// <summary>One of the list.</summary>
    public T Of<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
