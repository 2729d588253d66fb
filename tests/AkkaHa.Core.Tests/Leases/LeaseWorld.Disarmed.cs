using System.Collections.Immutable;
using AkkaHa.Core.Crm;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Tests.Leases;

/// <summary>The cluster is disarmed and armed again: boots are told, by messages that come late and twice, and answer by reports that do so too.</summary>
internal sealed partial class LeaseWorld
{
    private long _sequence;

    /// <summary>Whether the cluster is disarmed every now and then.</summary>
    public bool Disarms { get; init; }

    /// <summary>How often a boot lived without a lease, and how often it answered that it does no more.</summary>
    public int LeaseFree { get; private set; }

    /// <summary>How often a boot was taken back under its lease.</summary>
    public int Rearmed { get; private set; }

    private void ManageArming(VoterNode voter)
    {
        if (!Disarms)
            return;
        if (_chance.OneIn(voter.Committed.IsArmed ? 25 : 10))
            Propose(voter, new SetArmed(!voter.Committed.IsArmed, "for the test"));
        foreach (var host in _hosts)
        {
            if (voter.Committed.Nodes.TryGetValue(host.Name, out var node) && node.IsOnline && node.Admitted == host.Boot && node.Session != host.Session)
                Propose(voter, new OpenSession(Report(host)));
            if (_chance.OneIn(3))
                SendReport(host);
        }

        var seen = new Observations
        {
            Now = _now,
            LeadingSince = TimeSpan.Zero,
            Members = [.. _hosts.Select(h => h.Name)],
            Reports = voter.Reports.ToImmutableSortedDictionary(),
        };
        foreach (var rule in Disarming.ToBeTold(voter.Committed, seen))
            Send(rule.Session.Node.Value, rule, voter.Name.Value);
        foreach (var command in Disarming.Decide(voter.Committed, seen))
            Propose(voter, command);
    }

    private void Follow(Host host, LeaseRule rule)
    {
        if (rule.Session != host.Session)
            return;
        if (!rule.IsArmed && rule.Index >= host.ArmedAt)
        {
            Tell($"{host.Boot} lives without a lease by {rule.Index}");
            LeaseFree++;
            host.LeaseFreeSince = Math.Max(host.LeaseFreeSince ?? -1, rule.Index);
        }
        else if (rule.IsArmed && !(host.LeaseFreeSince > rule.Index))
        {
            if (host.LeaseFreeSince is not null)
            {
                // It gave itself a lease a moment ago, and the watchdog may have been fed by it for the last time.
                var dead = host.Clock.Real(host.Clock.At(_now) + _terms.NodeTtl + (2 * _terms.WatchdogTimeout));
                _aliveUntil[host.Boot] = dead > _aliveUntil[host.Boot] ? dead : _aliveUntil[host.Boot];
                Tell($"{host.Boot} goes by its lease again by {rule.Index}");
            }

            (host.LeaseFreeSince, host.ArmedAt) = (null, Math.Max(host.ArmedAt, rule.Index));
        }

        SendReport(host);
    }

    private void SendReport(Host host)
    {
        foreach (var voter in _voters)
            Send(voter.Name.Value, Report(host), host.Name.Value);
    }

    /// <summary>The host's daemon starts anew: it knows what its file says, and not what the one before it was told.</summary>
    private NodeReport NextSession(Host host)
    {
        host.Sessions++;
        host.ArmedAt = -1;
        return Report(host);
    }

    private void Count(LogCommand command) => Rearmed += command is RearmBoot ? 1 : 0;
}
