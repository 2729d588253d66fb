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
            if (!state.Nodes.TryGetValue(name, out var node) || node.Admitted != report.Session.Boot)
            {
                yield return new AdmitBoot(report);
                continue;
            }

            switch (node.Condition)
            {
                case NodeCondition.Online when node.Session is not { } open || report.Session.IsNewerThan(open):
                    yield return new OpenSession(report);
                    break;
                case NodeCondition.Lost or NodeCondition.Offline:
                    yield return new AdmitBoot(report);
                    break;
            }
        }
    }
}
