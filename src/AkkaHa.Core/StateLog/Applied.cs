using AkkaHa.Core.Model;

namespace AkkaHa.Core.StateLog;

/// <summary>
/// What an entry made of the state. A refused entry changes nothing: it was overtaken by an earlier one, and the same on every node.
/// </summary>
/// <param name="State">The state after the entry.</param>
/// <param name="Refusal">Why the entry changed nothing; null where it was applied.</param>
public readonly record struct Applied(ClusterState State, string? Refusal = null)
{
    /// <summary>A state that the entry made.</summary>
    public static implicit operator Applied(ClusterState state) => new(state);
}
