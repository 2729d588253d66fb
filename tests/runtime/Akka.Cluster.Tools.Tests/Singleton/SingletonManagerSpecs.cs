using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster.Tests.Nodes;
using Akka.Cluster.Tools.Singleton;
using Akka.Cluster.Tools.Tests.Support;
using static Akka.Cluster.Tools.Tests.Support.Singleton;

namespace Akka.Cluster.Tools.Tests.Singleton;

public sealed class SingletonManagerSpecs : ClusterNodes
{
    private readonly Ledger _ledger = new();

    [Fact]
    public async Task The_singleton_runs_on_the_oldest_member_alone()
    {
        var nodes = await FormInOrder(3);
        foreach (var node in nodes.Reverse()) Manage(node, _ledger);

        await _ledger.Until(Started(nodes[0]));

        Assert.Equal("where? at " + nodes[0].SelfAddress.Port, await Proxy(nodes[2]).Ask<string>("where?", Patience));
        Assert.Equal([Started(nodes[0])], _ledger.Entries);
    }

    [Fact]
    public async Task A_member_that_leaves_stops_the_singleton_before_the_next_oldest_starts_it()
    {
        var nodes = await FormInOrder(3);
        foreach (var node in nodes) Manage(node, _ledger);
        await _ledger.Until(Started(nodes[0]));

        nodes[0].Leave(nodes[0].SelfAddress);
        await _ledger.Until(Started(nodes[1]));
        await nodes[0].System.WhenTerminated.WaitAsync(Patience);
        nodes[1].Leave(nodes[1].SelfAddress);
        await _ledger.Until(Started(nodes[2]));

        Assert.Equal([Started(nodes[0]), Stopped(nodes[0]), Started(nodes[1]), Stopped(nodes[1]), Started(nodes[2])], _ledger.Entries);
    }

    [Fact]
    public async Task The_last_member_that_leaves_stops_the_singleton()
    {
        var node = Assert.Single(await FormInOrder(1));
        Manage(node, _ledger);
        await _ledger.Until(Started(node));

        await CoordinatedShutdown.Get(node.System).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Patience);

        Assert.Equal([Started(node), Stopped(node)], _ledger.Entries);
    }

    [Fact]
    public async Task A_downed_oldest_is_followed_as_soon_as_it_is_removed()
    {
        var nodes = await FormInOrder(3);
        foreach (var node in nodes) Manage(node, _ledger);
        await _ledger.Until(Started(nodes[0]));

        await Crash(nodes[0]);
        nodes[1].Down(nodes[0].SelfAddress);

        // The retry interval is longer than the patience of this test, so only the removal itself can have started it.
        await _ledger.Until(Started(nodes[1]));
    }

    [Fact]
    public async Task Two_members_that_are_downed_together_are_followed_by_the_third()
    {
        var nodes = await FormInOrder(3);
        foreach (var node in nodes) Manage(node, _ledger);
        await _ledger.Until(Started(nodes[0]));

        await Task.WhenAll(Crash(nodes[0]), Crash(nodes[1]));
        nodes[2].Down(nodes[0].SelfAddress);
        nodes[2].Down(nodes[1].SelfAddress);

        await _ledger.Until(Started(nodes[2]));
    }

    [Fact]
    public async Task What_a_removed_member_ran_is_left_alone_for_the_removal_margin()
    {
        var margin = TimeSpan.FromSeconds(1.5);
        Assert.InRange(await PauseAfterRemoval("", s => s.WithRemovalMargin(margin)), margin, Patience);
    }

    [Fact]
    public async Task Without_a_margin_of_its_own_the_singleton_waits_as_long_as_the_downing_provider_says()
    {
        var pause = await PauseAfterRemoval("akka.cluster.down-removal-margin = 1500ms", s => s.WithRemovalMargin(TimeSpan.Zero));
        Assert.InRange(pause, TimeSpan.FromSeconds(1.5), Patience);
    }

    [Fact]
    public async Task A_node_that_restarts_quickly_on_its_address_does_not_get_the_singleton_back()
    {
        var nodes = await FormInOrder(2);
        foreach (var node in nodes) Manage(node, _ledger);
        await _ledger.Until(Started(nodes[0]));

        await Crash(nodes[0]);
        var again = Start(port: nodes[0].SelfAddress.Port!.Value);
        again.Join(nodes[1].SelfAddress);
        var manager = Manage(again, _ledger);
        await AllUp(nodes[1], again);
        await _ledger.Until(Started(nodes[1]));
        await InState(manager, ClusterSingletonState.Younger);

        Assert.Equal("where? at " + nodes[1].SelfAddress.Port, await Proxy(again).Ask<string>("where?", Patience));
        Assert.DoesNotContain(Stopped(nodes[1]), _ledger.Entries);
        again.Down(nodes[1].SelfAddress);
        await Crash(nodes[1]);
        await _ledger.Until(entries => entries.Count(e => e == Started(again)) == 2);
    }

    [Fact]
    public async Task A_member_that_is_downed_while_it_lives_stops_its_singleton()
    {
        var nodes = await FormInOrder(2, "akka.cluster.run-coordinated-shutdown-when-down = off");
        foreach (var node in nodes) Manage(node, _ledger);
        await _ledger.Until(Started(nodes[0]));

        nodes[1].Down(nodes[0].SelfAddress);

        await _ledger.Until(Stopped(nodes[0]));
        await _ledger.Until(Started(nodes[1]));
    }

    [Fact]
    public async Task A_member_that_joins_later_never_takes_the_singleton_from_an_older_one()
    {
        var first = Assert.Single(await FormInOrder(1));
        Manage(first, _ledger);
        await _ledger.Until(Started(first));

        var second = Start();
        var manager = Manage(second, _ledger);
        second.Join(first.SelfAddress);
        await AllUp(first, second);
        await InState(manager, ClusterSingletonState.Younger);

        Assert.Equal([Started(first)], _ledger.Entries);
    }

    [Fact]
    public async Task Members_that_come_up_together_agree_from_the_first_moment_on_who_is_the_oldest()
    {
        var nodes = Enumerable.Range(0, 4).Select(_ => Start()).ToArray();
        var managers = nodes.Select(n => Manage(n, _ledger)).ToArray();
        foreach (var node in nodes) node.Join(nodes[0].SelfAddress);
        await AllUp(nodes);
        await _ledger.Until(Started(nodes[0]));
        foreach (var manager in managers.Skip(1)) await InState(manager, ClusterSingletonState.Younger);

        Assert.Equal([Started(nodes[0])], _ledger.Entries);
    }

    [Fact]
    public async Task Under_leaving_joining_and_crashing_nodes_never_two_copies_run_at_once()
    {
        var nodes = (await FormInOrder(3)).ToList();
        foreach (var node in nodes) Manage(node, _ledger, s => s.WithHandOverRetryInterval(TimeSpan.FromMilliseconds(100)));
        for (var round = 0; round < 3; round++)
        {
            await _ledger.Until(Started(nodes[0]));
            var next = Start();
            Manage(next, _ledger, s => s.WithHandOverRetryInterval(TimeSpan.FromMilliseconds(100)));
            next.Join(nodes[1].SelfAddress);
            nodes[0].Leave(nodes[0].SelfAddress);
            await nodes[0].System.WhenTerminated.WaitAsync(Patience);
            nodes = [.. nodes.Skip(1), next];
            await AllUp([.. nodes]);
        }

        await _ledger.Until(Started(nodes[0]));
        Assert.Equal(1, MostAtOnce(_ledger.Entries));
    }

    [Fact]
    public async Task A_manager_on_a_member_without_the_role_is_refused()
    {
        var node = Assert.Single(await FormInOrder(1));

        var refusals = new Ledger();
        node.System.ActorOf(Props.Create(() => new Parent(refusals)));
        await refusals.Until(r => r.Any(e => e.Contains("does not have the role 'crm'")));
    }

    private static async Task InState(IActorRef manager, ClusterSingletonState state)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var system = ((IInternalActorRef)manager).Provider.Guardian.Provider.Settings.System;
        var seen = new Ledger();
        system.ActorOf(Props.Create(() => new StateWatch(manager, state, reached, seen)));
        try
        {
            await reached.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{manager} was waited for in vain to be {state}; it answered {seen.Entries.Count}: {string.Join(", ", seen.Entries)}.");
        }
    }

    private async Task<TimeSpan> PauseAfterRemoval(string settings, Func<ClusterSingletonManagerSettings, ClusterSingletonManagerSettings> with)
    {
        var nodes = await FormInOrder(2, settings);
        Manage(nodes[0], _ledger, with);
        await InState(Manage(nodes[1], _ledger, with), ClusterSingletonState.Younger);
        await _ledger.Until(Started(nodes[0]));
        await Crash(nodes[0]);
        var downed = Stopwatch.GetTimestamp();
        nodes[1].Down(nodes[0].SelfAddress);
        await _ledger.Until(Started(nodes[1]));
        return Stopwatch.GetElapsedTime(downed);
    }

    /// <summary>Nodes that join one after the other, so that the first is the oldest.</summary>
    private async Task<Cluster[]> FormInOrder(int count, string settings = "")
    {
        var nodes = new List<Cluster>();
        for (var i = 0; i < count; i++)
        {
            nodes.Add(Start(settings));
            nodes[i].Join(nodes[0].SelfAddress);
            await AllUp([.. nodes]);
        }

        return [.. nodes];
    }

    private sealed class StateWatch : ReceiveActor
    {
        public StateWatch(IActorRef manager, ClusterSingletonState state, TaskCompletionSource reached, Ledger seen)
        {
            Receive<FSMBase.CurrentState<ClusterSingletonState>>(now => Check(now.State));
            Receive<FSMBase.Transition<ClusterSingletonState>>(change => Check(change.To));
            manager.Tell(new FSMBase.SubscribeTransitionCallBack(Self));

            void Check(ClusterSingletonState now)
            {
                seen.Write(now.ToString());
                if (now == state) reached.TrySetResult();
            }
        }
    }

    private sealed class Parent : ReceiveActor
    {
        private readonly Ledger _refusals;

        public Parent(Ledger refusals) => _refusals = refusals;

        protected override void PreStart() =>
            Context.ActorOf(ClusterSingletonManager.Props(Props.Empty, ClusterSingletonManagerSettings.Create(Context.System).WithRole("crm")));

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(failure =>
        {
            _refusals.Write(failure.GetBaseException().Message);
            return Directive.Stop;
        });
    }
}
