using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Hypervisors;

/// <summary>What a guest's own agent answered.</summary>
public enum AgentAnswer
{
    /// <summary>It answered.</summary>
    Answers,

    /// <summary>It did not answer in time.</summary>
    Silent,

    /// <summary>The guest has no channel to an agent: it was started without one, or does not live here.</summary>
    NoChannel,
}

/// <summary>What can be done with a running guest beyond starting and stopping it. No call throws for what the outside world does.</summary>
public interface IGuestControl
{
    /// <summary>Resets a guest as its reset button would: it boots again in the same process.</summary>
    /// <returns>Null if it was reset; else a sentence saying why it could not be.</returns>
    Task<string?> ResetAsync(ResourceId id, CancellationToken cancellationToken = default);

    /// <summary>Pings the agent inside a guest.</summary>
    Task<AgentAnswer> PingAgentAsync(ResourceId id, TimeSpan timeout, CancellationToken cancellationToken = default);
}

/// <summary>The part of a VM host that tells what its hypervisor can do with running guests.</summary>
public interface IGuestHost
{
    /// <summary>Null if the hypervisor can neither reset guests nor reach agents in them.</summary>
    IGuestControl? Control { get; }
}
