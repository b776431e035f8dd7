using Gateway.Core.Configuration;

namespace Gateway.Core.Admission;

/// <summary>Money that may be spent in a day and in a month. Lock-free; outlives reloads.</summary>
public sealed class Budget(string name)
{
    private readonly SpendWindow _day = new();
    private readonly SpendWindow _month = new();
    private readonly Leases _leases = new();
    private BudgetConfig _config = new();

    /// <summary>Whose it is.</summary>
    public string Name => name;

    /// <summary>How much it is.</summary>
    public BudgetConfig Config
    {
        get => Volatile.Read(ref _config);
        internal set => Volatile.Write(ref _config, value);
    }

    /// <summary>Reserves what a request may cost.</summary>
    /// <param name="microUsd">Millionths of a dollar.</param>
    /// <param name="now">UTC: days and months are the calendar's.</param>
    /// <param name="nowMs">Milliseconds of a monotonic clock: leases run by it.</param>
    /// <param name="longestMs">The exchange is over after so many milliseconds at the latest, settled with what it really used.</param>
    /// <param name="lease">To be settled.</param>
    /// <returns>False if the money is spent, or what is left is spoken for.</returns>
    public bool TryReserve(long microUsd, DateTimeOffset now, long nowMs, long longestMs, out BudgetLease lease)
    {
        var config = Config;
        while (true)
        {
            // Before what is spent: a settlement books first and gives back then, so this can count money twice but never miss any.
            var reserved = _leases.Look(nowMs);
            if (IsOver(config.DailyMicroUsd, _day.Spent(DayOf(now)), Leases.AmountOf(reserved), microUsd)
                || IsOver(config.MonthlyMicroUsd, _month.Spent(MonthOf(now)), Leases.AmountOf(reserved), microUsd))
            {
                lease = default;
                return false;
            }

            if (_leases.TryAdd(reserved, microUsd, nowMs, longestMs, out lease))
            {
                return true;
            }
        }
    }

    /// <summary>Ends a lease, and books what was really used.</summary>
    public void Settle(BudgetLease lease, long microUsd, DateTimeOffset now)
    {
        Book(microUsd, now);
        if (lease.Ends != 0)
        {
            _leases.Release(lease);
        }
    }

    /// <summary>Books what was used at a time.</summary>
    public void Book(long microUsd, DateTimeOffset at)
    {
        _day.Add(DayOf(at), microUsd);
        _month.Add(MonthOf(at), microUsd);
    }

    /// <summary>Millionths of a dollar spent today and this month.</summary>
    public (long Today, long ThisMonth) Spent(DateTimeOffset now) => (_day.Spent(DayOf(now)), _month.Spent(MonthOf(now)));

    /// <summary>Millionths of a dollar that are left; <see cref="long.MaxValue"/> without a limit.</summary>
    public long Remaining(DateTimeOffset now)
    {
        var (today, month) = Spent(now);
        var config = Config;
        return Math.Max(0, Math.Min(
            config.DailyMicroUsd > 0 ? config.DailyMicroUsd - today : long.MaxValue,
            config.MonthlyMicroUsd > 0 ? config.MonthlyMicroUsd - month : long.MaxValue));
    }

    /// <summary>Nothing is left, whatever is reserved.</summary>
    public bool IsSpent(DateTimeOffset now) => Remaining(now) == 0;

    /// <summary>The share that is left, from 0 to 1; 1 without a limit.</summary>
    public double RemainingShare(DateTimeOffset now)
    {
        var (today, month) = Spent(now);
        return Math.Min(Share(Config.DailyMicroUsd, today), Share(Config.MonthlyMicroUsd, month));

        static double Share(long limit, long spent) => limit > 0 ? Math.Max(0, 1 - ((double)spent / limit)) : 1;
    }

    /// <summary>When there is money again: the next midnight, or the first of the next month.</summary>
    public DateTimeOffset ResetsAt(DateTimeOffset now)
    {
        var utc = now.ToUniversalTime();
        var config = Config;
        return config.MonthlyMicroUsd > 0 && _month.Spent(MonthOf(now)) >= config.MonthlyMicroUsd
            ? new DateTimeOffset(utc.Year, utc.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1)
            : new DateTimeOffset(utc.Date, TimeSpan.Zero).AddDays(1);
    }

    // One that starts before the end may go over it by itself, but not while others hold what is left.
    private static bool IsOver(long limit, long spent, long reserved, long asked) =>
        limit > 0 && (spent >= limit || (reserved > 0 && spent + reserved + asked > limit));

    private static long DayOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / 86_400;

    private static long MonthOf(DateTimeOffset time) => (time.UtcDateTime.Year * 12) + time.UtcDateTime.Month;
}

/// <summary>Money that is reserved until it is settled.</summary>
/// <param name="MicroUsd">Millionths of a dollar.</param>
/// <param name="Ends">Quarter of an hour in which the lease runs out; 0 for no lease.</param>
public readonly record struct BudgetLease(long MicroUsd, long Ends);
