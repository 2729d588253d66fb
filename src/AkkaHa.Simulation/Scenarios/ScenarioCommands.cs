using System.Globalization;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.Moves;
using AkkaHa.Core.StateLog;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Simulation.Runs;
using AkkaHa.Simulation.World;

namespace AkkaHa.Simulation.Scenarios;

/// <summary>The commands of scenario files: some are done to the world, some are given to the cluster as an operator gives them.</summary>
internal sealed class ScenarioCommands(SimulatedWorld world)
{
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);

    private readonly HashSet<NodeName> _withoutNetwork = [];

    public bool HasNetwork(NodeName node) => !_withoutNetwork.Contains(node);

    /// <summary>Waits where the command says so.</summary>
    public async Task Delay(string line)
    {
        if (line.Split(' ') is ["delay", var time])
            await world.Loop.Delay(Seconds(time));
    }

    /// <summary>Does it to the world, if it is a command of that kind.</summary>
    public bool ToWorld(string line)
    {
        switch (line.Split(' '))
        {
            case ["delay", _]:
                return true;
            case ["power", var node, "on"]:
                SetNetwork(new NodeName(node), isOn: true);
                world.Machine(new NodeName(node)).PowerOn();
                return true;
            case ["power", var node, "off"]:
                world.Machine(new NodeName(node)).PowerOff("its power is cut");
                return true;
            case ["network", var node, var state]:
                SetNetwork(new NodeName(node), state == "on");
                return true;
            case ["crm", var node, "stop"]:
                world.Machine(new NodeName(node)).HoldDaemon();
                return true;
            case ["crm", var node, "start"]:
                world.Machine(new NodeName(node)).DaemonHeld = false;
                world.Machine(new NodeName(node)).StartDaemon();
                return true;
            case ["restart-daemon", var node]:
                world.Machine(new NodeName(node)).Daemon?.Stop(RestartPause);
                return true;
            case ["manual-migrate", var id, var node]:
                MoveByHand(ResourceId.Parse(id), world.Machine(new NodeName(node)));
                return true;
            default:
                return false;
        }
    }

    /// <summary>The command that an operator gives; null where there is none.</summary>
    public LogCommand? ToLog(string line) => line.Split(' ') switch
    {
        ["state", var id, var state] => new SetRequested(ResourceId.Parse(id), Enum.Parse<RequestedState>(state, ignoreCase: true)),
        ["stop", var id, var time] => new SetRequested(ResourceId.Parse(id), RequestedState.Stopped) { StopWithin = Seconds(time) },
        ["add", var id, var node, var state] => new AddResource(
            OperatorClient.Definition(ResourceId.Parse(id), memoryMib: 128), Enum.Parse<RequestedState>(state, ignoreCase: true))
        { Node = new NodeName(node) },
        ["migrate", var id, var node] => new MoveResource(ResourceId.Parse(id), new NodeName(node), MoveKind.Migrate, "an operator asked for it"),
        ["relocate", var id, var node] => new MoveResource(ResourceId.Parse(id), new NodeName(node), MoveKind.Relocate, "an operator asked for it"),
        ["maintenance", var node, var state] => new SetMaintenance(new NodeName(node), state == "on"),
        ["disarm"] => new SetArmed(false, "a scenario asked for it"),
        ["arm"] => new SetArmed(true, ""),
        ["release", var node] => new ReleaseNode(new NodeName(node)),
        ["remove", var id] => new RemoveResource(ResourceId.Parse(id)),
        _ => null,
    };

    public void SetNetwork(NodeName node, bool isOn)
    {
        if (HasNetwork(node) == isOn)
            return;
        if (isOn)
            _withoutNetwork.Remove(node);
        else
            _withoutNetwork.Add(node);
        foreach (var other in world.Machines.Keys.Where(n => n != node))
        {
            if (isOn)
            {
                world.Links.Mend(node, other);
                world.Links.Mend(other, node);
            }
            else
            {
                world.Links.Cut(node, other);
                world.Links.Cut(other, node);
            }
        }
    }

    private void MoveByHand(ResourceId id, Machine to)
    {
        if (world.Machines.Values.FirstOrDefault(m => m.Guests.ContainsKey(id)) is not { } from || from == to)
            return;
        var guest = from.Guests[id];
        from.EndGuest(guest, GuestExitReason.MigratedAway, $"it was moved to {to.Name} by hand");
        to.Continue(to.Spawn(guest.Definition, Token.None));
    }

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text.TrimEnd('s'), CultureInfo.InvariantCulture));
}
