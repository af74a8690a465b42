using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Orchestrator.Kernel.Clocks;

/// <summary>One day of a holiday notice: a day off, or a weekend day on which work is done (调休上班).</summary>
/// <param name="Date">The day.</param>
/// <param name="Name">The holiday it belongs to, for example 国庆节.</param>
/// <param name="IsOffDay">True for a day off, false for a shifted working day.</param>
public sealed record HolidayDay(LocalDate Date, string Name, bool IsOffDay);

/// <summary>
/// 工作日历: the national working-day calendar (C-10), built from yearly holiday tables that are merged by date, because the
/// tables of neighbouring years overlap. A year without a table is counted by weekdays alone and reported as provisional.
/// </summary>
public sealed class WorkingCalendar
{
    const int FirstYear = 2000, LastYear = 2100;
    static readonly LocalDate Origin = new(FirstYear, 1, 1);
    static readonly int Days = Period.DaysBetween(Origin, new LocalDate(LastYear + 1, 1, 1));

    readonly ImmutableDictionary<LocalDate, HolidayDay> marked;
    readonly ImmutableHashSet<int> years;
    readonly bool[] working = new bool[Days];
    readonly int[] countTo = new int[Days + 1];   // working days in [Origin, Origin + i)
    readonly int[] nth;                            // day index of the i-th working day

    WorkingCalendar(string version, ImmutableDictionary<LocalDate, HolidayDay> marked, ImmutableHashSet<int> years)
    {
        Version = version;
        this.marked = marked;
        this.years = years;
        var list = new List<int>(Days);
        for (var i = 0; i < Days; i++)
        {
            var day = Origin.PlusDays(i);
            working[i] = marked.TryGetValue(day, out var mark) ? !mark.IsOffDay : day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday);
            countTo[i + 1] = countTo[i] + (working[i] ? 1 : 0);
            if (working[i]) list.Add(i);
        }
        nth = [.. list];
    }

    /// <summary>The calendar of the tables shipped with the product (2019 onwards).</summary>
    public static WorkingCalendar Shipped { get; } = LoadShipped();

    /// <summary>Names the set of tables this calendar was built from.</summary>
    public string Version { get; }

    /// <summary>The years for which a holiday notice has been published.</summary>
    public IReadOnlySet<int> Years => years;

    /// <summary>Builds a calendar from tables in the <c>holiday-cn</c> form: <c>{year, days:[{name,date,isOffDay}]}</c>. A table without days counts as not published.</summary>
    /// <exception cref="FormatException">A table does not have that form.</exception>
    public static WorkingCalendar FromTables(string version, IEnumerable<string> tables)
    {
        var days = ImmutableDictionary.CreateBuilder<LocalDate, HolidayDay>();
        var years = ImmutableHashSet.CreateBuilder<int>();
        foreach (var table in tables)
        {
            try
            {
                using var document = JsonDocument.Parse(table);
                var listed = document.RootElement.GetProperty("days");
                if (listed.GetArrayLength() > 0) years.Add(document.RootElement.GetProperty("year").GetInt32());
                foreach (var day in listed.EnumerateArray())
                {
                    var date = LocalDatePattern.Iso.Parse(day.GetProperty("date").GetString()!).GetValueOrThrow();
                    days[date] = new HolidayDay(date, day.GetProperty("name").GetString()!, day.GetProperty("isOffDay").GetBoolean());
                }
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or UnparsableValueException)
            {
                throw new FormatException("A holiday table must be JSON of the form {year, days:[{name, date, isOffDay}]}: " + e.Message, e);
            }
        }
        return new WorkingCalendar(version, days.ToImmutable(), years.ToImmutable());
    }

    /// <summary>Whether work is done on the day.</summary>
    public bool IsWorkingDay(LocalDate day) => working[Index(day)];

    /// <summary>What the notice says of the day; null for an ordinary weekday or weekend.</summary>
    public HolidayDay? Mark(LocalDate day) => marked.GetValueOrDefault(day);

    /// <summary>Whether a date lies in a year without a published table, so that counting up to it is provisional.</summary>
    public bool IsProvisional(LocalDate day) => !years.Contains(day.Year);

    /// <summary>The n-th counted working day after <paramref name="start"/> (C-1, C-2); the start itself when n is 0. An open pause skips all later days and therefore must not be passed.</summary>
    public LocalDate AddWorkingDays(LocalDate start, int n, ImmutableArray<Pause> pauses = default)
    {
        if (n <= 0) return start;
        if (pauses.IsDefaultOrEmpty) return Origin.PlusDays(nth[countTo[Index(start) + 1] + n - 1]);
        var day = start;
        for (var counted = 0; counted < n;)
        {
            day = day.PlusDays(1);
            if (IsWorkingDay(day) && !Skipped(day, pauses)) counted++;
        }
        return day;
    }

    /// <summary>Counted working days after <paramref name="start"/> up to and including <paramref name="until"/>; 0 when it lies before.</summary>
    public int CountWorkingDays(LocalDate start, LocalDate until, ImmutableArray<Pause> pauses = default)
    {
        if (until <= start) return 0;
        if (pauses.IsDefaultOrEmpty) return countTo[Index(until) + 1] - countTo[Index(start) + 1];
        var counted = 0;
        for (var day = start.PlusDays(1); day <= until; day = day.PlusDays(1))
            if (IsWorkingDay(day) && !Skipped(day, pauses)) counted++;
        return counted;
    }

    /// <summary>The first working day on or after the day (C-3).</summary>
    public LocalDate Roll(LocalDate day)
    {
        while (!IsWorkingDay(day)) day = day.PlusDays(1);
        return day;
    }

    /// <summary><paramref name="start"/> plus n calendar days, rolled to a working day when <paramref name="roll"/> (C-3).</summary>
    public LocalDate AddCalendarDays(LocalDate start, int n, bool roll) => roll ? Roll(start.PlusDays(n)) : start.PlusDays(n);

    /// <summary>The latest working day D with n working days after it up to and including <paramref name="end"/>: "n working days before expiry".</summary>
    public LocalDate SubtractWorkingDays(LocalDate end, int n)
    {
        var day = end;
        for (var counted = 0; counted < n; day = day.PlusDays(-1))
            if (IsWorkingDay(day)) counted++;
        while (!IsWorkingDay(day)) day = day.PlusDays(-1);
        return day;
    }

    static bool Skipped(LocalDate day, ImmutableArray<Pause> pauses)
    {
        foreach (var pause in pauses)
            if (pause.Skips(day)) return true;
        return false;
    }

    static int Index(LocalDate day)
    {
        var index = Period.DaysBetween(Origin, day);
        return index >= 0 && index < Days ? index : throw new ArgumentOutOfRangeException(nameof(day), day, $"The calendar covers {FirstYear} to {LastYear}.");
    }

    static WorkingCalendar LoadShipped()
    {
        var assembly = typeof(WorkingCalendar).Assembly;
        var tables = assembly.GetManifestResourceNames().Where(name => name.StartsWith("holidays/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            });
        return FromTables("shipped", tables);
    }
}
