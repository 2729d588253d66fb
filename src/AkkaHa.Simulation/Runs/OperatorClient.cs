using System.Globalization;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;
using AkkaHa.Protocol.Operator;
using AkkaHa.Simulation.World;

namespace AkkaHa.Simulation.Runs;

/// <summary>What an operator does: asks for the status and gives commands, through the gateway of any node.</summary>
internal sealed class OperatorClient(SimulatedWorld world)
{
    private readonly Dictionary<NodeName, ClusterStatus> _statuses = [];
    private readonly SortedSet<ResourceId> _guests = [];

    /// <summary>The resources whose addition was acknowledged.</summary>
    public IReadOnlySet<ResourceId> Guests => _guests;

    public int Acknowledged { get; private set; }

    public int Refused { get; private set; }

    /// <summary>A definition like those that an operator would give.</summary>
    public static ResourceDefinition Definition(ResourceId id, int memoryMib) => new(
        id, new Guid((int)id.Kind + 1, 0, 0, BitConverter.GetBytes((long)id.Number)), "", memoryMib, 1,
        [new DiskDefinition("shared", string.Create(CultureInfo.InvariantCulture, $"/shared/{id.Kind}-{id.Number}"))]);

    /// <summary>The newest status that a node gave; asks it for another one.</summary>
    public ClusterStatus? Status(NodeName node)
    {
        world.Machine(node).Daemon?.Ask(StatusRequest.Instance, reply =>
        {
            if (reply is ClusterStatus status)
                _statuses[node] = status;
        });
        return _statuses.GetValueOrDefault(node);
    }

    /// <summary>Asks for the status; only the answer of an acting CRM comes back.</summary>
    public void Ask(NodeName node, Action<ClusterStatus> onStatus) => world.Machine(node).Daemon?.Ask(StatusRequest.Instance, reply =>
    {
        if (reply is ClusterStatus { IsStale: false } status)
            onStatus(status);
    });

    /// <summary>Gives a command; what comes of it is told to the oracles and, if wanted, to the caller: null if it was acknowledged, else the refusal.</summary>
    public void Submit(NodeName node, LogCommand command, Action<string?>? onAnswer = null) => world.Machine(node).Daemon?.Ask(new Submit(command), reply =>
    {
        switch (reply)
        {
            case CommandAccepted accepted:
                Acknowledged++;
                world.Trace.Add("operator", string.Create(CultureInfo.InvariantCulture, $"{command.Describe()} is acknowledged as entry {accepted.Index}"));
                world.Oracles.Acknowledged(command, accepted.Index);
                if (command is AddResource add)
                    _guests.Add(add.Definition.Id);
                else if (command is RemoveResource remove)
                    _guests.Remove(remove.Id);
                onAnswer?.Invoke(null);
                break;
            case CommandRefused refused:
                Refused++;
                onAnswer?.Invoke(refused.Reason);
                break;
        }
    });
}
