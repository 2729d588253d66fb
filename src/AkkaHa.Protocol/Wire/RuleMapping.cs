using System.Collections.Immutable;
using AkkaHa.Core.Model;
using AkkaHa.Core.Rules;

namespace AkkaHa.Protocol.Wire;

/// <summary>Groups and affinity rules between the core and the wire.</summary>
internal static class RuleMapping
{
    public static ResourceGroupPb ToWire(this ResourceGroup group)
    {
        var wire = new ResourceGroupPb { Name = group.Name.Value, Restricted = group.Restricted, Failback = group.Failback };
        wire.Nodes.AddRange(group.Nodes.Select(n => new GroupNodePb { Node = n.Key.Value, Priority = n.Value }));
        return wire;
    }

    public static ResourceGroup FromWire(this ResourceGroupPb? wire) => wire is null
        ? throw ModelMapping.Missing("group")
        : new ResourceGroup(new GroupName(wire.Name), wire.Nodes.ToImmutableSortedDictionary(n => ModelMapping.Node(n.Node), n => n.Priority))
        {
            Restricted = wire.Restricted,
            Failback = wire.Failback,
        };

    public static AffinityRulePb ToWire(this AffinityRule rule)
    {
        var wire = new AffinityRulePb { Name = rule.Name.Value, Kind = (int)rule.Kind, Strict = rule.Strict };
        wire.Resources.AddRange(rule.Resources.Select(r => r.ToString()));
        return wire;
    }

    public static AffinityRule FromWire(this AffinityRulePb? wire) => wire is null
        ? throw ModelMapping.Missing("affinity rule")
        : new AffinityRule(
            new RuleName(wire.Name), ModelMapping.Enum<AffinityKind>(wire.Kind), wire.Strict, [.. wire.Resources.Select(ResourceId.Parse)]);

    public static LogCommandPb ToWire(PutGroup command) => new()
    {
        PutGroup = new PutGroupPb { Group = command.Group.ToWire(), MustBeNew = command.MustBeNew, AllowOffline = command.AllowOffline },
    };

    public static PutGroup FromWire(PutGroupPb wire) =>
        new(wire.Group.FromWire()) { MustBeNew = wire.MustBeNew, AllowOffline = wire.AllowOffline };
}
