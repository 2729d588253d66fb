using AkkaHa.Core.Model;

namespace AkkaHa.Core.Lifecycle;

/// <summary>What a failed start leads to: <c>max-restart</c> tries on the node, then <c>max-relocate</c> other nodes, then error (DESIGN §8).</summary>
internal static class StartFailures
{
    /// <summary>Counts one failure on a node.</summary>
    public static ResourceRecord Count(ResourceRecord resource, NodeName node, string reason)
    {
        if (resource.Actual == ActualState.Error || resource.Requested != RequestedState.Started)
            return resource;
        var failed = resource with { FailedStarts = resource.FailedStarts + 1, Reason = $"{node}: {reason}" };
        if (failed.FailedStarts <= failed.Definition.MaxRestart)
            return failed;
        failed = failed with { FailedStarts = 0, FailedNodes = failed.FailedNodes.Add(node) };
        return failed.FailedNodes.Count > failed.Definition.MaxRelocate
            ? failed with { Actual = ActualState.Error, Reason = $"its start failed on {string.Join(", ", failed.FailedNodes)}; the last reason: {reason}" }
            : failed;
    }
}
