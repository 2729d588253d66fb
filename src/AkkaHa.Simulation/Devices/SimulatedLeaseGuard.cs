using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;
using AkkaHa.Devices.SelfFence;
using AkkaHa.Simulation.World;

namespace AkkaHa.Simulation.Devices;

/// <summary>
/// Enforces a simulated machine's lease in its daemon's process: what the process does stops with it. The end of the lease is the machine's, as
/// the file of a real one is.
/// </summary>
internal sealed class SimulatedLeaseGuard : ILeaseGuard
{
    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(5);

    private readonly Machine _machine;
    private readonly SimulatedVmHost _vmHost;
    private readonly Coroutines _process;
    private bool _enforcing;
    private bool _retired;

    public SimulatedLeaseGuard(Machine machine, SimulatedVmHost vmHost, Coroutines process, LeaseTerms terms)
    {
        _machine = machine;
        _vmHost = vmHost;
        _process = process;
        Terms = terms;
        Boot = machine.Boot;
        process.Post(_ => Look(), null);
    }

    public Boot Boot { get; }

    public LeaseTerms Terms { get; }

    public TimeSpan Until => _machine.LeaseUntil;

    private TimeSpan Now => TimeSpan.FromTicks(_machine.BoottimeNanos() / 100);

    public Task<string?> HoldAsync(TimeSpan until)
    {
        if (_retired)
            return Task.FromResult<string?>($"{Boot.Node} has let its lease go.");
        if (until > _machine.LeaseUntil)
        {
            _machine.LeaseUntil = until;
            _process.After(until > Now ? until - Now : TimeSpan.Zero, Look);
        }

        return Task.FromResult(_vmHost.OpenGate(until) ? null : $"{Boot.Node}: the gate of its VM host stays closed.");
    }

    public long? LeaseFreeSince => _machine.LeaseFreeSince;

    public long ArmedAt { get; private set; } = -1;

    public Task<string?> GoLeaseFreeAsync(long disarming)
    {
        if (_retired || disarming < ArmedAt)
            return Task.FromResult<string?>($"{Boot.Node} was armed after that disarming.");
        _machine.LeaseFreeSince = disarming;
        return HoldAsync(Now + Terms.NodeTtl);
    }

    public Task<string?> ArmAsync(long index)
    {
        if (_machine.LeaseFreeSince > index)
            return Task.FromResult<string?>($"{Boot.Node} was disarmed after that.");
        ArmedAt = Math.Max(ArmedAt, index);
        if (_machine.LeaseFreeSince is null)
            return Task.FromResult<string?>(null);
        _machine.LeaseFreeSince = null;
        return HoldAsync(Now + Terms.NodeTtl);
    }

    public Task<bool> RetireAsync() => _process.Run(async () =>
    {
        if (_machine.Guests.Count > 0)
            return false;
        _retired = true;
        return (await _vmHost.CloseGateAsync("the daemon is being stopped", KillTimeout)).AllDead;
    });

    public Task DisarmAsync() => Task.CompletedTask;

    private void Look()
    {
        if (_enforcing)
            return;
        if (_machine.LeaseFreeSince is not null && !_retired)
        {
            HoldAsync(Now + Terms.NodeTtl);
            return;
        }

        if (Now < _machine.LeaseUntil)
            return;
        _enforcing = true;
        _ = _process.Run(async () =>
        {
            while (!(await _vmHost.CloseGateAsync("the lease of this node has ended", KillTimeout)).AllDead)
                continue;
            _enforcing = false;
        });
    }
}
