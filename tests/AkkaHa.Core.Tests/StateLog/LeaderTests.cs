using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Tests.StateLog;

/// <summary>Bounds and refusals, which no transcript shows well.</summary>
public class LeaderTests
{
    private readonly LogWorld _world = new(LogSettings.Default with { MaxUncommittedEntries = 4, MaxOpenRounds = 3 }, "pve1", "pve2", "pve3");
    private readonly List<string> _said = [];

    public LeaderTests()
    {
        foreach (var node in _world.Nodes.Values)
            _world.StartReplica(node);
        _world.Campaign(Leader, new Model.Epoch(1, Leader.Name, 1), [.. _world.Nodes.Keys]);
        Settle();
        _world.Record = _said.Add;
    }

    private LogNode Leader => _world["pve1"];

    [Fact]
    public void It_takes_in_no_more_than_its_bound_until_some_are_committed()
    {
        Propose(4);
        Propose(1);
        Assert.Contains("pve1 refuses the proposal: 4 entries wait for a majority already, and 1 more would pass the limit of 4", _said);

        Settle();
        Propose(1);
        Assert.Contains("pve1 appends 6..6", _said);
    }

    [Fact]
    public void It_remembers_no_more_open_rounds_and_requests_than_its_bound()
    {
        for (var id = 1; id <= 4; id++)
            _world.Input(Leader, new ConfirmRound(id));
        Assert.Contains(_said, s => s.StartsWith("pve1 refuses request 4: 3 requests wait for a majority's answer already"));

        Settle();
        Assert.Equal(3, _said.Count(s => s.StartsWith("pve1 confirms request")));
    }

    [Fact]
    public void A_thousand_commands_go_out_as_one_message_to_each_voter_and_one_write()
    {
        var world = new LogWorld(LogSettings.Default, "pve1", "pve2", "pve3");
        foreach (var node in world.Nodes.Values)
            world.StartReplica(node);
        world.Campaign(world["pve1"], new Model.Epoch(1, world["pve1"].Name, 1), [.. world.Nodes.Keys]);
        Settle(world);
        var lines = new List<string>();
        world.Record = lines.Add;

        world.Input(world["pve1"], new Propose([.. Enumerable.Range(0, 1000).Select(i => new Put($"p{i}"))]));
        Settle(world);

        Assert.Equal(3, lines.Count(l => l.Contains("EntriesAppended")));
        Assert.Equal(3, lines.Count(l => l.Contains(" Append ")));
        Assert.Equal(1001, world["pve1"].Leader!.CommitIndex);
    }

    [Fact]
    public void Genesis_and_no_op_are_not_for_callers()
    {
        _world.Input(Leader, new Propose([new NoOp()]));
        Assert.Contains("pve1 refuses the proposal: genesis and no-op entries are written by the log itself", _said);
    }

    [Fact]
    public void A_silent_voter_is_asked_with_growing_pauses_up_to_the_bound()
    {
        _world.Crash(_world["pve3"], 0);
        Propose(1);
        Settle();
        _said.Clear();

        var sent = new List<TimeSpan>();
        for (var i = 0; i < 200; i++)
        {
            _world.Now += TimeSpan.FromMilliseconds(100);
            var before = _said.Count;
            _world.Input(Leader, Tick.Instance);
            if (_said.Skip(before).Any(s => s.Contains("-> pve3 Append") && s.Contains('[')))
                sent.Add(_world.Now);
            Settle();
        }
        var pauses = sent.Zip(sent.Skip(1), (a, b) => b - a).ToArray();
        Assert.Equal([400, 800, 1600, 2000, 2000], pauses.Take(5).Select(p => p.TotalMilliseconds));
        Assert.All(pauses.Skip(3), p => Assert.Equal(LogSettings.Default.RetryAfterMax, p));
    }

    [Fact]
    public void What_was_never_written_is_never_acknowledged()
    {
        var replica = _world["pve2"].Replica!;
        var header = new ReplyHeader(replica.Node, replica.Id, replica.StartCounter, Leader.Leader!.Epoch);

        Assert.Throws<InvariantViolation>(() => Leader.Leader!.Step(new Received(new Appended(header, 99, 1)), _world.Now));
    }

    [Fact]
    public void A_step_leaves_the_leader_before_it_as_it_was()
    {
        var before = Leader.Leader!;
        var (last, round) = (before.Log.LastIndex, before.Round);

        before.Step(new Propose([new Put("x")]), _world.Now + TimeSpan.FromSeconds(1));

        Assert.Equal((last, round), (before.Log.LastIndex, before.Round));
    }

    private void Propose(int count) => _world.Input(Leader, new Propose([.. Enumerable.Range(0, count).Select(i => new Put($"p{i}"))]));

    private void Settle() => Settle(_world);

    private static void Settle(LogWorld world)
    {
        while (world.Wire.Count > 0)
        {
            var envelope = world.Wire[0];
            world.Wire.RemoveAt(0);
            world.Deliver(envelope);
            foreach (var node in world.Nodes.Values)
                world.Sync(node);
        }
    }
}
