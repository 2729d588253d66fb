using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Tests.Crm;

/// <summary>The world without faults of its own: for what a test does to it on purpose.</summary>
internal sealed partial class World
{
    /// <summary>Whether everything that is wanted runs, and nothing moves.</summary>
    public bool AllRun => Committed.Resources.Values.All(r => !r.IsWanted || IsSatisfied(r));

    /// <summary>What happened last, for a test that failed.</summary>
    public string Tail => string.Join('\n', Committed.Resources.Values.Select(r => $"{r.Id} {r.Actual} on {r.Owner} {r.Reason}").Concat(History.TakeLast(60)));

    public SimNode Node(NodeName name) => Nodes.Single(n => n.Name == name);

    /// <summary>How many guests live on a node, running or not.</summary>
    public int On(NodeName name) => Node(name).Copies.Count();

    /// <summary>An operator's command, which must be taken.</summary>
    public void Give(LogCommand command)
    {
        Assert.Null(Refusal(command));
        Append(command);
        Commit(int.MaxValue);
    }

    /// <summary>Why an operator's command would be refused.</summary>
    public string? Refusal(LogCommand command) => Submissions.Refusal(Projected, command, Seen(), Core.Placement.PlacementSettings.Default);

    public void Calm(int steps)
    {
        for (var step = 0; step < steps; step++)
            Step(faults: false);
    }

    /// <summary>Whether it comes to that within a bounded time.</summary>
    public bool Until(Func<bool> wanted)
    {
        for (var round = 0; round < 300; round++)
        {
            if (wanted())
                return true;
            Calm(20);
        }

        return wanted();
    }
}
