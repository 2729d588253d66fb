using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Fencing.Agents;

/// <summary>A device driven by a ClusterLabs fence agent (<c>fence_ipmilan</c>, <c>fence_apc_snmp</c>, <c>fence_idrac</c> …).</summary>
/// <param name="Name">The name of the device in the configuration.</param>
/// <param name="Agent">The agent's program.</param>
/// <param name="Parameters">Its parameters as its metadata names them; without secrets.</param>
public sealed record AgentSettings(string Name, string Agent, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Parameters whose values stand in files of mode 0600: parameter name → path.</summary>
    public IReadOnlyDictionary<string, string> SecretFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>The plug (outlet, slot, server id) of each node, where the agent needs one.</summary>
    public IReadOnlyDictionary<NodeName, string> Plugs { get; init; } = new Dictionary<NodeName, string>();

    /// <summary>
    /// Whether a state of off that it reads is proof. Unset: yes for agents that switch power, no for those known to do something else
    /// (reservations, poison pills, dummies).
    /// </summary>
    public bool? ProvesOff { get; init; }

    /// <summary>How long it may take; an agent reads the state back itself before it ends.</summary>
    public FenceTiming Timing { get; init; } = new() { Deadline = TimeSpan.FromSeconds(40), CallTimeout = TimeSpan.FromSeconds(25) };
}
