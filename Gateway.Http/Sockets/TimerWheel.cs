namespace Gateway.Http.Sockets;

/// <summary>The deadlines of one reactor in 1,024 slots of 8 ms. A deadline that was moved is only noticed when its slot comes by.</summary>
internal sealed class TimerWheel(TimeProvider time)
{
    private const int TickMs = 8;
    private const int SlotCount = 1024;
    private const int NoWait = -1;

    private readonly Deadline?[] _slots = new Deadline?[SlotCount];
    private readonly ulong[] _occupied = new ulong[SlotCount / 64];
    private readonly long _origin = time.GetTimestamp();
    private long _tick;

    /// <summary>Milliseconds since the reactor was made, as of the last <see cref="ReadClock"/>.</summary>
    public long NowMs { get; private set; }

    public void ReadClock() => NowMs = (long)time.GetElapsedTime(_origin).TotalMilliseconds;

    /// <summary>Puts a started deadline where it will be found in time; one that only moved later stays where it is.</summary>
    public void Place(Deadline deadline)
    {
        // Rounded up: never early. The current slot is being walked, so the next one is the nearest.
        var tick = Math.Max((deadline.DueAt + TickMs - 1) / TickMs, _tick + 1);
        if (deadline.Slot >= 0)
        {
            if (deadline.SlotTick <= tick)
            {
                return;
            }

            Remove(deadline);
        }

        // What lies more than one turn ahead is met on the way and placed again.
        tick = Math.Min(tick, _tick + SlotCount - 1);
        Insert(deadline, tick);
    }

    public void Remove(Deadline deadline)
    {
        var slot = deadline.Slot;
        if (slot < 0)
        {
            return;
        }

        if (deadline.PreviousInSlot is { } previous)
        {
            previous.NextInSlot = deadline.NextInSlot;
        }
        else
        {
            _slots[slot] = deadline.NextInSlot;
        }

        if (deadline.NextInSlot is { } next)
        {
            next.PreviousInSlot = deadline.PreviousInSlot;
        }

        deadline.PreviousInSlot = null;
        deadline.NextInSlot = null;
        deadline.Slot = -1;
        if (_slots[slot] is null)
        {
            _occupied[slot >> 6] &= ~(1UL << slot);
        }
    }

    /// <summary>Expires what is due.</summary>
    public void Advance()
    {
        var target = NowMs / TickMs;
        if (target - _tick >= SlotCount)
        {
            // After a long sleep one whole turn visits every slot.
            _tick = target - SlotCount;
        }

        while (_tick < target)
        {
            _tick++;
            var slot = (int)(_tick % SlotCount);
            if ((_occupied[slot >> 6] & (1UL << slot)) != 0)
            {
                Visit(slot);
            }
        }
    }

    /// <summary>Milliseconds until a slot with deadlines comes by, or -1 for none.</summary>
    public int NextTimeoutMs()
    {
        for (var ahead = 1; ahead <= SlotCount;)
        {
            var slot = (int)((_tick + ahead) % SlotCount);
            var word = _occupied[slot >> 6] >> slot;
            if (word == 0)
            {
                ahead += 64 - (slot & 63);
                continue;
            }

            var due = (_tick + ahead + System.Numerics.BitOperations.TrailingZeroCount(word)) * TickMs;
            return (int)Math.Max(0, due - NowMs);
        }

        return NoWait;
    }

    private void Insert(Deadline deadline, long tick)
    {
        var slot = (int)(tick % SlotCount);
        deadline.Slot = slot;
        deadline.SlotTick = tick;
        deadline.NextInSlot = _slots[slot];
        if (deadline.NextInSlot is { } next)
        {
            next.PreviousInSlot = deadline;
        }

        _slots[slot] = deadline;
        _occupied[slot >> 6] |= 1UL << slot;
    }

    private void Visit(int slot)
    {
        // A callback may start or dispose any deadline, so the list is taken apart from its head.
        for (var deadline = _slots[slot]; deadline is not null; deadline = _slots[slot])
        {
            Remove(deadline);
            if (deadline.DueAt == long.MaxValue)
            {
                continue;
            }

            if (deadline.DueAt <= NowMs)
            {
                deadline.Expire();
            }
            else
            {
                Place(deadline);
            }
        }
    }
}
