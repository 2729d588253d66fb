using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Failures;

/// <summary>Which boots are admitted and which sessions opened, by the reports of the members.</summary>
public static class Admissions
{
    /// <summary>The admissions that the reports ask for and the log allows.</summary>
    public static IEnumerable<LogCommand> Decide(ClusterState state, Observations seen)
    {
        foreach (var (name, report) in seen.Reports)
        {
            if (!seen.Members.Contains(name))
                continue;
            state.Nodes.TryGetValue(name, out var node);
            if (node is not null && node.Identity != report.Identity)
            {
                yield return new RecordIncident(name.Value, $"a machine that calls itself {name} has the identity {report.Identity}, but {name} is known as "
                    + $"{node.Identity}: it is a clone, or the node was installed anew. It is not admitted and runs no guest.");
            }
            else if (node?.Admitted != report.Session.Boot)
            {
                // One that leaves before it was admitted needs no admission any more.
                if (!report.IsLeaving)
                    yield return new AdmitBoot(report);
            }
            else if (Of(node, report) is { } command)
            {
                yield return command;
            }
        }
    }

    private static LogCommand? Of(NodeRecord node, NodeReport report)
    {
        var isNewer = node.Session is not { } open || report.Session.IsNewerThan(open);
        return node.Condition switch
        {
            NodeCondition.Online when isNewer && report.Terms == node.Terms => new OpenSession(report),
            NodeCondition.Online when isNewer => new AdmitBoot(report),
            NodeCondition.Online => report.IsLeaving && report.Session == node.Session ? new LeaveNode(report) : null,
            NodeCondition.Lost or NodeCondition.Offline => report.IsLeaving ? null : new AdmitBoot(report),
            _ => throw new InvariantViolation($"{node.Name} is in the unknown condition {node.Condition}"),
        };
    }
}
