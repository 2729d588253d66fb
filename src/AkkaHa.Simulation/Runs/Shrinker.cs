using System.Collections.Immutable;

namespace AkkaHa.Simulation.Runs;

/// <summary>
/// Makes a failing plan smaller: fewer faults, fewer commands, fewer VMs, a shorter run, as long as the same rule is broken. What is left
/// tells what it takes.
/// </summary>
public static class Shrinker
{
    /// <summary>The smallest failing plan that was found.</summary>
    /// <param name="failed">The result to begin with.</param>
    /// <param name="maxRuns">How many runs it may take.</param>
    /// <param name="onSmaller">Told of every smaller one; null for none.</param>
    public static RunResult Shrink(RunResult failed, int maxRuns, Action<RunResult>? onSmaller = null)
    {
        var rule = failed.Violation?.Rule ?? throw new ArgumentException("The run did not fail.", nameof(failed));
        var best = failed;
        var runs = 0;
        bool Try(RunPlan plan)
        {
            if (runs++ >= maxRuns)
                return false;
            var result = Run.Of(plan);
            if (result.Violation?.Rule != rule)
                return false;
            best = result;
            onSmaller?.Invoke(best);
            return true;
        }

        // What comes after a broken safety rule has no part in it.
        if (rule != "L1")
        {
            Try(best.Plan with
            {
                SafetySeconds = Math.Min(best.Plan.SafetySeconds, best.Violation!.AtSeconds + 1),
                Faults = [.. best.Plan.Faults.Where(f => f.AtSeconds <= best.Violation.AtSeconds)],
                Operator = [.. best.Plan.Operator.Where(o => o.AtSeconds <= best.Violation.AtSeconds)],
            });
        }

        for (var isSmaller = true; isSmaller && runs < maxRuns;)
        {
            isSmaller = Without(best.Plan.Faults, rest => Try(best.Plan with { Faults = rest }));
            isSmaller |= Without(best.Plan.Operator, rest => Try(best.Plan with { Operator = rest }));
            if (best.Plan.Vms > 1)
                isSmaller |= Try(best.Plan with { Vms = best.Plan.Vms / 2 });
            if (rule == "L1" && best.Plan.Faults.IsEmpty is false)
            {
                var end = best.Plan.Faults.Max(f => f.AtSeconds + f.LastsSeconds) + 1;
                if (end < best.Plan.SafetySeconds * 0.9)
                    isSmaller |= Try(best.Plan with { SafetySeconds = end });
            }
        }

        return best;
    }

    /// <summary>Leaves out halves, then quarters, then single ones.</summary>
    private static bool Without<T>(ImmutableArray<T> items, Func<ImmutableArray<T>, bool> tryWith)
    {
        var found = false;
        for (var size = Math.Max(1, items.Length / 2); items.Length > 0; size /= 2)
        {
            for (var from = 0; from < items.Length;)
            {
                var rest = items.RemoveRange(from, Math.Min(size, items.Length - from));
                if (tryWith(rest))
                {
                    items = rest;
                    found = true;
                }
                else
                {
                    from += size;
                }
            }

            if (size <= 1)
                break;
        }

        return found;
    }
}
