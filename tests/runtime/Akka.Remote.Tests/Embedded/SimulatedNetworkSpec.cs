using System.Globalization;
using Akka.Actor;
using Akka.Remote.Embedded;

namespace Akka.Remote.Tests.Embedded;

public class SimulatedNetworkSpec
{
    private static readonly LinkQuality Lossy = LinkQuality.Lan with { Loss = 0.3 };

    [Fact]
    public void Systems_talk_in_virtual_time()
    {
        var cluster = new SimulatedCluster(1);
        var a = cluster.Start("a");
        var b = cluster.Start("b");
        var (_, record) = Recorder.Start(b);
        SimulatedCluster.At(a, "b", "recorder").Tell("hello");
        Assert.True(cluster.RunUntil(() => record.Count == 1, 1));
        Assert.Equal("hello", record[0]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_to_the_byte() => Assert.Equal(Scenario(11), Scenario(11));

    [Fact]
    public void Another_seed_gives_another_run() => Assert.NotEqual(Scenario(11), Scenario(12));

    [Fact]
    public void What_is_sent_into_a_partition_that_heals_in_time_arrives_in_order()
    {
        var cluster = new SimulatedCluster(2);
        var a = cluster.Start("a");
        var b = cluster.Start("b");
        var (_, record) = Recorder.Start(b);
        var target = SimulatedCluster.At(a, "b", "recorder");
        target.Tell(0);
        cluster.RunFor(1);
        cluster.Network.Partition(["a"], ["b"]);
        for (var i = 1; i <= 10; i++)
            target.Tell(i);
        cluster.RunFor(5);
        Assert.Equal([0], record.Cast<int>());
        cluster.Network.HealAll();
        cluster.RunFor(5);
        Assert.Equal(Enumerable.Range(0, 11), record.Cast<int>());
    }

    [Fact]
    public void A_link_that_is_cut_in_one_direction_carries_the_other()
    {
        var cluster = new SimulatedCluster(3);
        var a = cluster.Start("a");
        var b = cluster.Start("b");
        var (_, atA) = Recorder.Start(a);
        var (_, atB) = Recorder.Start(b);
        SimulatedCluster.At(a, "b", "recorder").Tell("ready");
        SimulatedCluster.At(b, "a", "recorder").Tell("ready");
        cluster.RunFor(1);
        cluster.Network.Cut("a", "b");
        SimulatedCluster.At(a, "b", "recorder").Tell("there");
        SimulatedCluster.At(b, "a", "recorder").Tell("back");
        cluster.RunFor(5);
        Assert.Equal(["ready", "back"], atA);
        Assert.Equal(["ready"], atB);
    }

    [Fact]
    public void A_third_of_all_segments_lost_does_not_look_like_death()
    {
        var cluster = new SimulatedCluster(4) { Network = { DefaultQuality = Lossy } };
        var a = cluster.Start("a");
        var b = cluster.Start("b");
        var (watcher, record) = Recorder.Start(a);
        var (target, received) = Recorder.Start(b, "target");
        watcher.Tell(new Recorder.WatchThis(SimulatedCluster.At(a, "b", $"target#{target.Path.Uid}")));
        for (var i = 0; i < 500; i++)
        {
            SimulatedCluster.At(a, "b", "target").Tell(i);
            cluster.RunFor(0.2);
        }

        cluster.RunFor(10);
        Assert.Empty(record);
        Assert.Equal(Enumerable.Range(0, 500), received.Cast<int>());
    }

    [Fact]
    public void Frames_of_a_broken_connection_that_arrive_behind_its_successors_are_dropped()
    {
        var cluster = new SimulatedCluster(5);
        var a = cluster.Start("a");
        var b = cluster.Start("b");
        var (_, record) = Recorder.Start(b);
        var target = SimulatedCluster.At(a, "b", "recorder");
        target.Tell(0);
        cluster.RunFor(1);
        cluster.Network.SetQuality("a", "b", LinkQuality.Lan with { MinimumDelay = TimeSpan.FromSeconds(1), MaximumDelay = TimeSpan.FromSeconds(1) });
        for (var i = 1; i <= 10; i++)
            target.Tell(i);
        cluster.RunFor(0.01);
        cluster.Network.SetQuality("a", "b", LinkQuality.Lan);
        cluster.Network.BreakWithLateFrames("a", "b", TimeSpan.FromSeconds(2));
        cluster.RunFor(1);
        target.Tell(11);
        cluster.RunFor(5);
        Assert.Equal([0, 11], record.Cast<int>());
        Assert.True(SimulatedCluster.CountersOf(b).StaleFrames >= 10);
    }

    [Fact]
    public void When_a_process_is_killed_its_watched_actors_count_as_ended()
    {
        var cluster = new SimulatedCluster(6);
        var (record, _) = Watching(cluster);
        cluster.Nodes["b"].Kill();
        cluster.Network.Kill("b");
        Assert.True(cluster.RunUntil(() => record.OfType<Terminated>().Any(), 20));
        Assert.True(record.OfType<Terminated>().Single().AddressTerminated);
    }

    [Fact]
    public void When_a_machine_loses_its_power_its_watched_actors_count_as_ended()
    {
        var cluster = new SimulatedCluster(7);
        var (record, _) = Watching(cluster);
        cluster.Nodes["b"].Kill();
        cluster.Network.PowerOff("b");
        Assert.True(cluster.RunUntil(() => record.OfType<Terminated>().Any(), 20));
    }

    [Fact]
    public void A_node_that_stood_still_for_longer_than_the_detector_allows_learns_that_it_is_quarantined()
    {
        var cluster = new SimulatedCluster(8);
        var (record, b) = Watching(cluster);
        var (listener, heard) = Recorder.Start(b, "listener");
        b.EventStream.Subscribe(listener, typeof(ThisActorSystemQuarantinedEvent));
        cluster.RunFor(1);
        cluster.Nodes["b"].Freeze();
        Assert.True(cluster.RunUntil(() => record.OfType<Terminated>().Any(), 30));
        cluster.Nodes["b"].Thaw();
        Assert.True(cluster.RunUntil(() => heard.OfType<ThisActorSystemQuarantinedEvent>().Any(), 30));
    }

    [Fact]
    public void A_system_that_comes_back_after_a_power_loss_under_its_address_is_another_incarnation()
    {
        var cluster = new SimulatedCluster(9);
        var (record, _) = Watching(cluster);
        cluster.Nodes["b"].Kill();
        cluster.Network.PowerOff("b");
        cluster.RunFor(0.5);
        cluster.Network.PowerOn("b");
        var again = cluster.Start("b");
        var (_, received) = Recorder.Start(again, "target");
        Assert.True(cluster.RunUntil(() => record.OfType<Terminated>().Any(), 60));
        Assert.True(cluster.RunUntil(
            () =>
            {
                SimulatedCluster.At(cluster.Systems["a"], "b", "target").Tell("hello");
                cluster.RunFor(0.2);
                return received.Count > 0;
            },
            30));
    }

    [Fact]
    public void A_flapping_link_neither_doubles_nor_reorders_nor_loses_the_news_of_an_end()
    {
        var cluster = new SimulatedCluster(10, "akka.remote.watch-failure-detector.acceptable-heartbeat-pause = 30 s");
        var (record, _) = Watching(cluster);
        cluster.Network.Flap("a", "b", TimeSpan.FromSeconds(0.7), TimeSpan.FromSeconds(0.9), times: 30);
        var target = SimulatedCluster.At(cluster.Systems["a"], "b", "target");
        for (var i = 0; i < 200; i++)
        {
            target.Tell(i);
            cluster.RunFor(0.1);
        }

        target.Tell("stop");
        Assert.True(cluster.RunUntil(() => record.OfType<Terminated>().Any(), 90));
        var numbers = cluster.Records["target"].OfType<int>().ToArray();
        Assert.Equal(numbers.Order().Distinct(), numbers);
    }

    [Fact]
    public void Addresses_under_which_nobody_answers_are_forgotten()
    {
        var cluster = new SimulatedCluster(11);
        var a = cluster.Start("a");
        cluster.Start("b");
        for (var i = 0; i < 50; i++)
            SimulatedCluster.At(a, $"nowhere-{i}", "x").Tell("hello");
        SimulatedCluster.At(a, "b", "x").Tell("hello");
        Assert.Equal(51, SimulatedCluster.RemotingOf(a).AssociationCount);
        cluster.RunFor(180);
        Assert.Equal(1, SimulatedCluster.RemotingOf(a).AssociationCount);
    }

    [Fact]
    public void A_connection_whose_other_side_is_silent_for_too_long_is_closed()
    {
        var cluster = new SimulatedCluster(12, "akka.remote.transport-failure-detector { heartbeat-interval = 1 s, acceptable-heartbeat-pause = 5 s }");
        var a = cluster.Start("a");
        cluster.Start("b");
        var (listener, heard) = Recorder.Start(a);
        a.EventStream.Subscribe(listener, typeof(DisassociatedEvent));
        SimulatedCluster.At(a, "b", "x").Tell("hello");
        cluster.RunFor(20);
        Assert.Empty(heard);
        cluster.Nodes["b"].Freeze();
        Assert.True(cluster.RunUntil(() => heard.Count > 0, 10));
        Assert.True(cluster.RunUntil(() => SimulatedCluster.RemotingOf(a).ConnectionCount == 0, 1));
    }

    [Fact]
    public void A_first_system_message_that_cannot_be_delivered_is_given_up_in_the_end()
    {
        var cluster = new SimulatedCluster(13, "akka.remote.initial-system-message-delivery-timeout = 30 s");
        var a = cluster.Start("a");
        ((IInternalActorRef)SimulatedCluster.At(a, "nowhere", "x")).Stop();
        cluster.RunFor(20);
        Assert.True(SimulatedCluster.RemotingOf(a).AssociationWith(new Address("akka.tcp", "sim", "nowhere", 2552)).HasWaiting);
        cluster.RunFor(20);
        Assert.False(SimulatedCluster.RemotingOf(a).AssociationWith(new Address("akka.tcp", "sim", "nowhere", 2552)).HasWaiting);
    }

    [Fact]
    public void Dials_that_fail_are_repeated_at_growing_pauses_up_to_the_configured_one()
    {
        var cluster = new SimulatedCluster(14, "akka.remote { backoff-interval = 100 ms, retry-gate-closed-for = 2 s }");
        var a = cluster.Start("a");
        var (listener, heard) = Recorder.Start(a);
        a.EventStream.Subscribe(listener, typeof(AssociationErrorEvent));
        // A system message is tried until it is delivered.
        ((IInternalActorRef)SimulatedCluster.At(a, "nowhere", "x")).Stop();
        var at = new List<double>();
        cluster.RunUntil(
            () =>
            {
                if (heard.Count > at.Count)
                    at.Add(cluster.Environment.Elapsed.TotalSeconds);
                return at.Count >= 10;
            },
            60);
        var pauses = at.Zip(at.Skip(1), (one, next) => next - one).ToArray();
        double[] expected = [0.1, 0.2, 0.4, 0.8, 1.6, 2, 2, 2, 2];
        Assert.All(pauses.Zip(expected), pair => Assert.InRange(pair.First, pair.Second, pair.Second + 0.2));
    }

    /// <summary>Whatever the network does: each pair of actors sees a part of what was sent, in order and once; and after the faults an end that was watched is told.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Through_any_faults_messages_keep_their_order_come_at_most_once_and_system_messages_are_not_lost(int seed)
    {
        var cluster = new SimulatedCluster(seed, "akka.remote.watch-failure-detector.acceptable-heartbeat-pause = 1000 s");
        cluster.Network.DefaultQuality = seed % 2 == 0 ? LinkQuality.Lan : Lossy;
        cluster.Network.UserTimeout = TimeSpan.FromSeconds(5);
        cluster.Network.ConnectionTimeout = TimeSpan.FromSeconds(5);
        string[] names = ["a", "b", "c"];
        var systems = names.ToDictionary(name => name, cluster.Start);
        var records = new Dictionary<string, List<object>>();
        foreach (var (name, system) in systems)
            records[name] = Recorder.Start(system).Record;
        var (watcher, ends) = Recorder.Start(systems["a"], "watcher");
        var mortals = Enumerable.Range(0, 10).Select(i => systems["b"].ActorOf(Props.Create(() => new Recorder(new List<object>())), $"mortal-{i}")).ToArray();
        var chance = new Random(seed);
        for (var step = 0; step < 400; step++)
        {
            var from = names[chance.Next(3)];
            var to = names[chance.Next(3)];
            if (from != to)
                SimulatedCluster.At(systems[from], to, "recorder").Tell(string.Create(CultureInfo.InvariantCulture, $"{from} {step}"));
            if (step % 20 == 0 && step / 20 < mortals.Length)
                watcher.Tell(new Recorder.WatchThis(SimulatedCluster.At(systems["a"], "b", $"mortal-{step / 20}#{mortals[step / 20].Path.Uid}")));
            if (step >= 200 && step % 20 == 0)
                systems["b"].Stop(mortals[(step - 200) / 20]);
            switch (chance.Next(20))
            {
                case 0:
                    cluster.Network.Cut(from, to);
                    break;
                case 1:
                    cluster.Network.Partition([from], names.Except([from]).ToArray());
                    break;
                case 2:
                    cluster.Network.BreakWithLateFrames(from, to, TimeSpan.FromSeconds(chance.NextDouble() * 5));
                    break;
                case 3 or 4 or 5:
                    cluster.Network.HealAll();
                    break;
            }

            cluster.RunFor(chance.NextDouble() * 0.5);
        }

        cluster.Network.HealAll();
        Assert.True(cluster.RunUntil(() => ends.OfType<Terminated>().Count() == mortals.Length, 120), $"{ends.Count} ends of {mortals.Length} were told");
        foreach (var (to, record) in records)
        {
            foreach (var from in names)
            {
                var steps = record.Cast<string>().Where(text => text.StartsWith($"{from} ", StringComparison.Ordinal)).Select(text => int.Parse(text[2..], CultureInfo.InvariantCulture)).ToArray();
                Assert.True(steps.SequenceEqual(steps.Order().Distinct()), $"from {from} to {to}: {string.Join(' ', steps)}");
            }
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    private static string Scenario(long seed)
    {
        var cluster = new SimulatedCluster(seed);
        var trace = new List<string>();
        cluster.Environment.Trace = trace.Add;
        cluster.Network.DefaultQuality = Lossy;
        var (record, _) = Watching(cluster);
        cluster.Network.Flap("a", "b", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), 3);
        for (var i = 0; i < 20; i++)
        {
            SimulatedCluster.At(cluster.Systems["a"], "b", "target").Tell(i);
            cluster.RunFor(0.5);
        }

        cluster.Network.PowerOff("b");
        cluster.RunFor(30);
        trace.AddRange(record.Select(message => message.ToString()!));
        return string.Join('\n', trace);
    }

    /// <summary>An actor on "a" watches one on "b".</summary>
    private static (List<object> Record, ActorSystem Watched) Watching(SimulatedCluster cluster)
    {
        var a = cluster.Start("a");
        var b = cluster.Start("b");
        var (watcher, record) = Recorder.Start(a, "watcher");
        var (target, received) = Recorder.Start(b, "target");
        cluster.Records["target"] = received;
        watcher.Tell(new Recorder.WatchThis(SimulatedCluster.At(a, "b", $"target#{target.Path.Uid}")));
        cluster.RunFor(5);
        Assert.Empty(record);
        return (record, b);
    }
}
