using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Simulation.Devices;
using AkkaHa.Simulation.World;

namespace AkkaHa.Simulation.Oracles;

/// <summary>
/// S1, one VM, one writer: a guest that was let run counts as a writer until its process is gone, frozen or not. S3: what the log holds for
/// proven dead is dead. S6: no machine runs more than fits.
/// </summary>
internal sealed class WriterOracle(OracleBoard board, SimulatedWorld world)
{
    public void Runs(Machine machine, Guest guest)
    {
        board.Checked();
        foreach (var other in world.Machines.Values)
        {
            if (other != machine && other.Guests.TryGetValue(guest.Id, out var copy) && copy.State == RunState.Running)
            {
                board.Violated("S1", FormattableString.Invariant(
                    $"{guest.Id} runs on {machine.Name} (token {guest.Token}) while its copy on {other.Name} (token {copy.Token}) still runs."));
            }
        }

        if (world.Settings.Arbiters.Contains(machine.Name))
            board.Violated("S6", $"{guest.Id} runs on {machine.Name}, which is an arbiter.");
        if (!board.Log.MayRunOn(guest.Id, machine.Name))
            board.Violated("S6", $"{guest.Id} runs on {machine.Name}, which is none of the nodes that it is restricted to.");
        var memory = machine.Guests.Values.Sum(g => g.Definition.MemoryMib);
        if (memory > world.Settings.MemoryMib)
        {
            board.Violated("S6", FormattableString.Invariant(
                $"{machine.Name} has {world.Settings.MemoryMib} MiB for guests, and those on it have {memory} MiB since {guest.Id} runs there."));
        }
    }

    public void Proven(Proof proof)
    {
        board.Checked();
        var machine = world.Machine(proof.Boot.Node);
        world.Trace.Add("log", $"{proof.Boot} is proven dead by {proof.By} ({proof.Kind})");
        if (machine.IsOn && machine.Boot == proof.Boot && (proof.Kind != ProofKind.Bound || machine.Guests.Values.Any(g => g.State == RunState.Running)))
        {
            board.Violated("S3", $"{proof.Boot} is proven dead by {proof.By} ({proof.Kind}), but that boot is alive and runs "
                + (machine.Guests.Count == 0 ? "nothing." : string.Join(", ", machine.Guests.Keys) + "."));
        }
    }
}
