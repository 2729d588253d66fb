using System.Collections.Immutable;

namespace AkkaHa.Core.Health;

/// <summary>What a check leads to.</summary>
public enum HealthStep
{
    /// <summary>It passed, as before.</summary>
    Well,

    /// <summary>It passed for the first time since the guest was started or reset: what waits for the guest may start.</summary>
    Ready,

    /// <summary>It failed, and the guest may still be booting.</summary>
    Booting,

    /// <summary>It failed, not often enough to say that the guest hangs.</summary>
    Failing,

    /// <summary>The guest hangs and is to be reset.</summary>
    Reset,

    /// <summary>The guest hangs and was reset as often as it may be: it is to be ended here and started elsewhere.</summary>
    GiveUp,
}

/// <summary>What is known of a running guest's health. Resetting and giving up are decided here, from answers and the time alone.</summary>
/// <param name="Since">When the guest was started, adopted or reset, on the monotonic clock.</param>
public sealed record GuestHealth(TimeSpan Since)
{
    /// <summary>Whether a check has passed since.</summary>
    public bool HasPassed { get; init; }

    /// <summary>Failed checks in a row.</summary>
    public int Failures { get; init; }

    /// <summary>When it was reset, newest last.</summary>
    public ImmutableList<TimeSpan> Resets { get; init; } = [];

    /// <summary>What a further answer leads to.</summary>
    /// <param name="check">How the guest is looked after.</param>
    /// <param name="hasPassed">The answer.</param>
    /// <param name="now">The monotonic time of the answer.</param>
    public (GuestHealth Next, HealthStep Step) After(HealthCheck check, bool hasPassed, TimeSpan now)
    {
        if (hasPassed)
            return (this with { HasPassed = true, Failures = 0 }, HasPassed ? HealthStep.Well : HealthStep.Ready);
        if (!HasPassed && now - Since < check.Grace)
            return (this, HealthStep.Booting);
        var failures = Failures + 1;
        if (failures < check.Failures)
            return (this with { Failures = failures }, HealthStep.Failing);
        var recent = Resets.RemoveAll(at => now - at >= check.Window);
        return recent.Count < check.Resets
            ? (new GuestHealth(now) { Resets = recent.Add(now) }, HealthStep.Reset)
            : (this with { Failures = failures, Resets = recent }, HealthStep.GiveUp);
    }
}
