using AkkaHa.Core.Model;

namespace AkkaHa.Core.Lifecycle;

/// <summary>
/// What a failed start leads to: <c>max-restart</c> tries on the node, then <c>max-relocate</c> times another node, then error (DESIGN §8).
/// Where there is no other node, the one it failed on is tried again instead.
/// </summary>
internal static class StartFailures
{
    /// <summary>The first pause before an error whose cause can pass is tried again; each further one is twice as long.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <summary>How long a node that a resource would not start on is avoided.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    /// <summary>Counts one failure on a node.</summary>
    public static ResourceRecord Count(ResourceRecord resource, ReleaseGuest failure)
    {
        if (resource.Actual == ActualState.Error || resource.Requested != RequestedState.Started)
            return resource;
        if (failure.Failure == FailureCause.SelfFence)
            return resource with { Reason = failure.Reason };
        var node = failure.Session.Node;
        var reason = failure.Reason ?? "it ended without a reason given";
        var failed = resource with
        {
            FailedStarts = resource.FailedStarts + 1,
            FailedNodes = IsForgotten(resource.FailedAt, failure.At) ? [] : resource.FailedNodes,
            FailedAt = failure.At ?? resource.FailedAt,
            Reason = $"{node}: {reason}",
        };
        // A guest that hung was given its tries already, as resets.
        if (failure.Failure != FailureCause.Hung && failed.FailedStarts <= failed.Definition.MaxRestart)
            return failed;
        failed = failed with { FailedStarts = 0, Relocations = failed.Relocations + 1, FailedNodes = failed.FailedNodes.Add(node) };
        if (failed.Relocations <= failed.Definition.MaxRelocate)
            return failed;
        var canPass = failure.Failure != FailureCause.Guest;
        return failed with
        {
            Actual = ActualState.Error,
            RetryAt = canPass && failure.At is { } at ? at + Pause(failed.Retries) : null,
            Retries = canPass ? failed.Retries + 1 : failed.Retries,
            Reason = $"its start failed on {string.Join(", ", failed.FailedNodes)}; the last reason: {reason}",
        };
    }

    /// <summary>Whether a failure is so long ago, or so far ahead of a clock that was set back, that it counts no more.</summary>
    public static bool IsForgotten(DateTimeOffset? failedAt, DateTimeOffset? now) =>
        failedAt is { } at && now is { } then && (then - at >= Memory || at - then >= Memory);

    private static TimeSpan Pause(int retries) =>
        retries < 6 ? FirstPause * (1 << retries) : LongestPause;
}
