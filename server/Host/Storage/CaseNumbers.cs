using Dapper;
using NodaTime;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Host.Storage;

/// <summary>
/// 办件编号: region, legal day and a running number, for example <c>XA20260921000123</c>. Numbers are taken from the database in blocks, so
/// they are unique over all nodes but neither without gaps nor in the order of opening.
/// </summary>
sealed class CaseNumbers(Database database)
{
    /// <summary>Numbers that one node takes at once.</summary>
    public const int Block = 200;

    const string Series = "case";

    const string Take = """
        INSERT INTO number_series (name, next_no) VALUES (@Series, 1 + @Block)
        ON CONFLICT (name) DO UPDATE SET next_no = number_series.next_no + @Block
        RETURNING next_no
        """;

    readonly SemaphoreSlim turn = new(1);
    long next, end;

    /// <summary>A number that no other case has.</summary>
    /// <param name="region">Region id, at most 16 characters.</param>
    /// <param name="at">When the case is opened.</param>
    /// <param name="stop">Interrupts.</param>
    public async Task<string> Next(string region, Instant at, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            if (next == end)
            {
                end = await database.Statement((connection, transaction) => connection.ExecuteScalarAsync<long>(Take, new { Series, Block }, transaction), stop);
                next = end - Block;
            }
            return $"{region}{LegalTime.DateOf(at):uuuuMMdd}{next++:000000}";
        }
        finally
        {
            turn.Release();
        }
    }
}
