using NodaTime;

namespace Orchestrator.Kernel.Clocks;

/// <summary>Legal time: Asia/Shanghai (C-9), UTC+08:00 without daylight saving in all years that the product covers.</summary>
public static class LegalTime
{
    /// <summary>The offset of Asia/Shanghai.</summary>
    public static readonly Offset Offset = Offset.FromHours(8);

    /// <summary>The legal date of an instant.</summary>
    public static LocalDate DateOf(Instant instant) => instant.WithOffset(Offset).Date;

    /// <summary>The local time of an instant.</summary>
    public static LocalDateTime LocalOf(Instant instant) => instant.WithOffset(Offset).LocalDateTime;

    /// <summary>The instant of a legal date and time.</summary>
    public static Instant At(LocalDate date, LocalTime time) => (date + time).WithOffset(Offset).ToInstant();

    /// <summary>The instant of a local date and time.</summary>
    public static Instant At(LocalDateTime local) => local.WithOffset(Offset).ToInstant();

    /// <summary>24:00 of the day: the instant at which a limit that ends on this day expires (C-4).</summary>
    public static Instant EndOf(LocalDate date) => At(date.PlusDays(1), LocalTime.Midnight);

    /// <summary>The last day that is completely or partly behind the instant: at exactly 00:00 the day that begins is not yet counted.</summary>
    public static LocalDate LastBegunDay(Instant instant) => DateOf(instant - Duration.Epsilon);
}
