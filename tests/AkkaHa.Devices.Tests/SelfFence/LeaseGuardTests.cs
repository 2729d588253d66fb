using AkkaHa.Core.Leases;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.SelfFence;
using AkkaHa.TestSupport;

namespace AkkaHa.Devices.Tests.SelfFence;

public sealed class LeaseGuardTests : IDisposable
{
    private static readonly Boot _boot = new(new NodeName("pve1"), new BootId("b1"));
    private static readonly LeaseTerms _terms = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), IsArmed: true);

    private readonly TempFolder _folder = new();
    private readonly RecordingHost _host = new();
    private readonly RecordingFeeder _feeder = new();
    private readonly ManualTime _time = new();
    private readonly long _start;

    public LeaseGuardTests() => _start = _time.GetTimestamp();

    public void Dispose() => _folder.Dispose();

    private TimeSpan Now => At(1000) + _time.GetElapsedTime(_start);

    [Fact]
    public async Task A_lease_is_told_to_the_watchdog_before_the_gate_opens_and_written_down()
    {
        using var guard = Guard();
        Assert.Null(await guard.HoldAsync(At(1010)));
        Assert.Equal([1010_000_000_000], _feeder.Deadlines);
        Assert.Equal(At(1010), _host.OpenUntil);
        Assert.Equal(At(1010), new LeaseFile(_folder.Path).Read(_boot.Id).Until);
        Assert.Equal(TimeSpan.Zero, new LeaseFile(_folder.Path).Read(new BootId("b2")).Until);
    }

    [Fact]
    public async Task Without_the_watchdogs_feeder_the_gate_stays_closed()
    {
        _feeder.Refuses = true;
        using var guard = Guard();
        Assert.Contains("feeder takes no deadline", await guard.HoldAsync(At(1010)), StringComparison.Ordinal);
        Assert.Null(_host.OpenUntil);
    }

    [Fact]
    public async Task At_the_end_of_the_lease_everything_is_killed_again_and_again_until_it_is_dead_and_a_new_lease_opens_the_gate()
    {
        using var guard = Guard();
        await guard.HoldAsync(At(1010));
        _host.LivesThrough = 3;

        LetTimePassUntil(1009.9);
        Assert.Equal(0, _host.Closings);
        LetTimePassUntil(1010);
        Assert.Equal(4, _host.Closings);
        Assert.Null(await guard.HoldAsync(At(1030)));
        LetTimePassUntil(1029.9);
        Assert.Equal(4, _host.Closings);
        LetTimePassUntil(1030);
        Assert.Equal(5, _host.Closings);
    }

    [Fact]
    public async Task A_renewed_lease_kills_nothing()
    {
        using var guard = Guard();
        await guard.HoldAsync(At(1010));
        LetTimePassUntil(1009);
        await guard.HoldAsync(At(1019));
        LetTimePassUntil(1018);
        Assert.Equal(0, _host.Closings);
        Assert.Equal(At(1019), guard.Until);
    }

    [Fact]
    public void A_later_daemon_of_the_boot_enforces_the_lease_it_finds()
    {
        new LeaseFile(_folder.Path).Write(_boot.Id, At(1005));
        using var guard = Guard();
        Assert.Equal(At(1005), guard.Until);
        LetTimePassUntil(1004.9);
        Assert.Equal(0, _host.Closings);
        LetTimePassUntil(1005);
        Assert.Equal(1, _host.Closings);
    }

    [Fact]
    public void A_daemon_that_finds_no_lease_lets_nothing_live()
    {
        using var guard = Guard();
        LetTimePassUntil(1000);
        Assert.Equal(1, _host.Closings);
    }

    [Fact]
    public void A_lease_longer_than_its_own_terms_is_cut_to_them()
    {
        new LeaseFile(_folder.Path).Write(_boot.Id, At(1500));
        using var guard = Guard();
        Assert.Equal(At(1010), guard.Until);
    }

    [Fact]
    public async Task Once_retired_no_lease_opens_the_gate_again()
    {
        using var guard = Guard();
        Assert.True(await guard.RetireAsync());
        Assert.Contains("has let its lease go", await guard.HoldAsync(At(1010)), StringComparison.Ordinal);
        Assert.Null(_host.OpenUntil);
        await guard.DisarmAsync();
        Assert.True(_feeder.IsDisarmed);
    }

    [Fact]
    public async Task It_does_not_retire_while_a_guest_lives()
    {
        _host.Guests = [new RunningGuest("vm-100", Guid.Empty, 1, RunState.Running)];
        new LeaseFile(_folder.Path).Write(_boot.Id, At(1009));
        using var guard = Guard();
        Assert.False(await guard.RetireAsync());
        Assert.Null(await guard.HoldAsync(At(1010)));
    }

    [Fact]
    public async Task While_the_cluster_is_disarmed_guests_live_on_without_a_lease_and_the_watchdog_is_fed()
    {
        using var guard = Guard();
        await guard.HoldAsync(At(1010));
        await Real.EventuallyAsync(() => _host.Closings, n => n <= 1, "the start");
        var before = _host.Closings;
        Assert.Null(await guard.GoLeaseFreeAsync(7));
        LetTimePassUntil(1500);
        await Real.EventuallyAsync(() => guard.Until, until => until == At(1510), "a lease that it gave itself");
        Assert.Equal(before, _host.Closings);
        Assert.Equal(1510_000_000_000, _feeder.Deadlines[^1]);
        Assert.Equal(new LeaseLeft(At(1510), 7), new LeaseFile(_folder.Path).Read(_boot.Id));
    }

    [Fact]
    public async Task A_later_daemon_finds_that_the_cluster_is_disarmed()
    {
        new LeaseFile(_folder.Path).Write(_boot.Id, At(700), 7);
        using var guard = Guard();
        Assert.Equal(7, guard.LeaseFreeSince);
        LetTimePassUntil(1000);
        await Real.EventuallyAsync(() => guard.Until, until => until == At(1010), "a lease that it gave itself");
        Assert.Equal(0, _host.Closings);
    }

    [Fact]
    public async Task Once_armed_its_guests_end_with_the_last_lease_that_it_gave_itself_and_no_earlier_disarming_is_followed()
    {
        using var guard = Guard();
        await guard.GoLeaseFreeAsync(7);
        Assert.Null(await guard.ArmAsync(9));
        Assert.Equal((null, 9), (guard.LeaseFreeSince, guard.ArmedAt));
        Assert.Null(new LeaseFile(_folder.Path).Read(_boot.Id).LeaseFreeSince);
        Assert.Contains("was armed after that", await guard.GoLeaseFreeAsync(8), StringComparison.Ordinal);
        var before = _host.Closings;
        LetTimePassUntil(1011);
        await Real.EventuallyAsync(() => _host.Closings, n => n == before + 1, "the end of the lease");
    }

    [Fact]
    public async Task An_arming_from_before_the_newest_disarming_is_not_followed()
    {
        using var guard = Guard();
        await guard.GoLeaseFreeAsync(12);
        Assert.Contains("was disarmed after that", await guard.ArmAsync(9), StringComparison.Ordinal);
        Assert.Equal((12, -1), (guard.LeaseFreeSince, guard.ArmedAt));
    }

    [Fact]
    public async Task While_disarmed_what_the_watchdog_does_not_take_ends_the_guests_as_ever()
    {
        using var guard = Guard();
        await guard.GoLeaseFreeAsync(7);
        var before = _host.Closings;
        _feeder.Refuses = true;
        LetTimePassUntil(1012);
        await Real.EventuallyAsync(() => _host.Closings, n => n > before, "the end of the last lease");
    }

    private LeaseGuard Guard() => new(_boot, _terms, _host, new LeaseFile(_folder.Path), _feeder, () => Now, _time, _ => { });

    private void LetTimePassUntil(double seconds) => _time.Advance(At(seconds) - Now);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private sealed class RecordingFeeder : IDeadlineFeeder
    {
        public List<long> Deadlines { get; } = [];

        public bool Refuses { get; set; }

        public bool IsDisarmed { get; private set; }

        public Task<bool> SendDeadlineAsync(long deadlineNanos, CancellationToken cancellationToken = default)
        {
            Deadlines.Add(deadlineNanos);
            return Task.FromResult(!Refuses);
        }

        public Task<string?> DisarmAsync(CancellationToken cancellationToken = default)
        {
            IsDisarmed = true;
            return Task.FromResult<string?>(null);
        }
    }

    private sealed class RecordingHost : IVmHost
    {
        private bool _leftAlive;

        public int Closings { get; private set; }

        /// <summary>How many closings find something that does not die.</summary>
        public int LivesThrough { get; set; }

        public TimeSpan? OpenUntil { get; private set; }

        public IReadOnlyList<RunningGuest> Guests { get; set; } = [];

        public bool IsGateOpen => OpenUntil is not null;

        public bool OpenGate(TimeSpan until)
        {
            if (_leftAlive)
                return false;
            OpenUntil = until;
            return true;
        }

        public Task<GateClosed> CloseGateAsync(string reason, TimeSpan timeout)
        {
            OpenUntil = null;
            _leftAlive = LivesThrough-- > 0;
            Closings++;
            return Task.FromResult(new GateClosed(!_leftAlive, [], reason));
        }

        public Task<IReadOnlyList<RunningGuest>> ListAsync(CancellationToken cancellationToken = default) => Task.FromResult(Guests);

        public Task<HypervisorCapabilities> CapabilitiesAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<StartOutcome> StartAsync(VmDefinition definition, Token token, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task SettleAsync() => throw new NotSupportedException();

        public Task<StopOutcome> StopAsync(ResourceId id, TimeSpan timeout, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<StopOutcome> KillAsync(ResourceId id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public IDisposable Watch(Action<GuestExit> onExit) => throw new NotSupportedException();
    }
}
