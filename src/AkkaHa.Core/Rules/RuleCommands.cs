using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Rules;

/// <summary>Puts a group in, or in the place of the one of the same name.</summary>
/// <param name="Group">The group.</param>
public sealed record PutGroup(ResourceGroup Group) : LogCommand
{
    /// <summary>Whether it must be new: another one of the same name is not replaced.</summary>
    public bool MustBeNew { get; init; }

    /// <summary>Whether a group none of whose nodes is online is taken all the same.</summary>
    public bool AllowOffline { get; init; }
}

/// <summary>Removes a group that no resource is in.</summary>
/// <param name="Name">The group.</param>
public sealed record RemoveGroup(GroupName Name) : LogCommand;

/// <summary>Puts an affinity rule in; one of the same name that says something else is not replaced.</summary>
/// <param name="Rule">The rule.</param>
public sealed record PutAffinity(AffinityRule Rule) : LogCommand;

/// <summary>Removes an affinity rule.</summary>
/// <param name="Name">The rule.</param>
public sealed record RemoveAffinity(RuleName Name) : LogCommand;
