using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Orchestrator.Host.Storage.Dialects;

/// <summary>The rows of one table in a commit, as the source of its part of the statement.</summary>
interface IPostgreSqlRows
{
    int Count(IReadOnlyList<CaseWrite> writes);

    /// <summary>SQL of a relation <c>r</c> with the table's columns: so many rows of VALUES, or arrays when <paramref name="rows"/> is 0.</summary>
    string Source(int rows, ref int parameter);

    /// <summary>Adds the parameters in the order in which <see cref="Source"/> numbered them.</summary>
    void Bind(NpgsqlParameterCollection parameters, IReadOnlyList<CaseWrite> writes, bool arrays);
}

/// <summary>A column that is fed by a parameter.</summary>
sealed record PostgreSqlColumn<T>
{
    readonly Func<T, string?>? text;
    readonly Func<T, long?>? number;
    readonly Func<T, bool>? flag;

    public PostgreSqlColumn(string name, Func<T, string?> of) => (Name, text) = (name, of);
    public PostgreSqlColumn(string name, Func<T, long?> of) => (Name, number) = (name, of);
    public PostgreSqlColumn(string name, Func<T, bool> of) => (Name, flag) = (name, of);

    public string Name { get; }

    public NpgsqlParameter One(T row) =>
        text is not null ? new NpgsqlParameter<string?> { TypedValue = text(row), NpgsqlDbType = NpgsqlDbType.Text }
        : number is not null ? Number(number(row))
        : new NpgsqlParameter<bool> { TypedValue = flag!(row), NpgsqlDbType = NpgsqlDbType.Boolean };

    public NpgsqlParameter Array(IReadOnlyList<T> rows) =>
        text is not null ? Array(rows, text, NpgsqlDbType.Text)
        : number is not null ? Array(rows, number, NpgsqlDbType.Bigint)
        : Array(rows, flag!, NpgsqlDbType.Boolean);

    static NpgsqlParameter Number(long? value) => value is { } number
        ? new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint }
        : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint };

    static NpgsqlParameter<TValue[]> Array<TValue>(IReadOnlyList<T> rows, Func<T, TValue> of, NpgsqlDbType type)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++) values[i] = of(rows[i]);
        return new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}

/// <inheritdoc/>
sealed class PostgreSqlRows<T>(Func<CaseWrite, IReadOnlyList<T>> rowsOf, params PostgreSqlColumn<T>[] columns) : IPostgreSqlRows
{
    public int Count(IReadOnlyList<CaseWrite> writes) => writes.Count == 1 ? rowsOf(writes[0]).Count : writes.Sum(write => rowsOf(write).Count);

    public string Source(int rows, ref int parameter)
    {
        var sql = new StringBuilder(rows == 0 ? "unnest(" : "(VALUES ");
        for (var row = 0; row < Math.Max(rows, 1); row++)
        {
            if (rows > 0) sql.Append(row == 0 ? "(" : ", (");
            for (var i = 0; i < columns.Length; i++) sql.Append(i == 0 ? "$" : ", $").Append(++parameter);
            if (rows > 0) sql.Append(')');
        }
        return sql.Append(") AS r (").AppendJoin(", ", columns.Select(column => column.Name)).Append(')').ToString();
    }

    public void Bind(NpgsqlParameterCollection parameters, IReadOnlyList<CaseWrite> writes, bool arrays)
    {
        var rows = writes.Count == 1 ? rowsOf(writes[0]) : [.. writes.SelectMany(rowsOf)];
        if (rows.Count == 0) return;
        if (arrays) foreach (var column in columns) parameters.Add(column.Array(rows));
        else foreach (var row in rows) foreach (var column in columns) parameters.Add(column.One(row));
    }
}
