using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.TestKit.Tests;

public sealed class ImplicitSenderSpec : TestKitSpec
{
    [Fact]
    public void The_test_actor_is_the_sender_of_what_the_test_sends()
    {
        ActorOf(TestActors.SimpleEchoActor.Props()).Tell("echo");
        ExpectMsg("echo");
    }

    [Fact]
    public async Task The_test_actor_is_still_the_sender_after_an_await()
    {
        var echo = ActorOf(TestActors.SimpleEchoActor.Props());
        for (var i = 0; i < 20; i++)
        {
            await Task.Yield();
            echo.Tell(i);
            await ExpectMsgAsync(i, Plenty);
        }
    }

    [Fact]
    public async Task The_test_actor_is_the_sender_on_other_threads_of_the_test_too()
    {
        var echo = ActorOf(TestActors.SimpleEchoActor.Props());
        await Task.Factory.StartNew(() => echo.Tell("from another thread"), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await ExpectMsgAsync("from another thread", Plenty);
    }

    [Fact]
    public async Task An_actor_that_runs_on_the_thread_of_the_test_keeps_its_own_context_across_its_awaits()
    {
        var awaiting = Sys.ActorOf(Props.Create(() => new Awaiting()).WithDispatcher(CallingThreadDispatcher.Id), "awaiting");
        awaiting.Tell("go");
        await ExpectMsgAsync<string>((m, sender) => m == "awaiting" && sender.Equals(awaiting), Plenty);
    }

    [Fact]
    public async Task So_does_an_actor_whose_await_was_begun_elsewhere_and_ends_on_the_thread_of_the_test()
    {
        var awaiting = Sys.ActorOf(Props.Create(() => new Awaiting()).WithDispatcher(CallingThreadDispatcher.Id), "awaiting");
        var gate = new TaskCompletionSource();
        Task begun;
        using (ExecutionContext.SuppressFlow())
            begun = Task.Factory.StartNew(() => awaiting.Tell(gate, TestActor), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await begun;
        gate.SetResult();
        await ExpectMsgAsync<string>((m, sender) => m == "awaiting" && sender.Equals(awaiting), Plenty);
    }

    private sealed class Awaiting : ReceiveActor
    {
        public Awaiting()
        {
            ReceiveAsync<string>(async _ =>
            {
                await Task.Yield();
                Sender.Tell(Self.Path.Name);
            });
            ReceiveAsync<TaskCompletionSource>(async gate =>
            {
                await gate.Task;
                Sender.Tell(Self.Path.Name);
            });
        }
    }

    [Fact]
    public void A_probe_sends_in_its_own_name_only_when_told_to()
    {
        var probe = CreateTestProbe();
        var echo = ActorOf(TestActors.SimpleEchoActor.Props());
        probe.Send(echo, "echo");
        probe.ExpectMsg("echo");
        echo.Tell("other");
        ExpectMsg("other");
        probe.ExpectNoMsg(Soon);
    }
}

public sealed class SenderAfterTestSpec
{
    [Fact]
    public async Task A_test_leaves_nothing_on_the_threads_it_used()
    {
        var used = new List<ActorCell?>();
        await Task.Factory.StartNew(
            () =>
            {
                // as a test runner does it: the test runs in a context of its own on a thread that others use after it
                ExecutionContext.Run(ExecutionContext.Capture()!, _ =>
                {
                    var kit = new Akka.TestKit.Xunit2.TestKit();
                    used.Add(InternalCurrentActorCellKeeper.Current);
                    kit.Shutdown();
                }, null);
                used.Add(InternalCurrentActorCellKeeper.Current);
            },
            default,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        Assert.NotNull(used[0]);
        Assert.Null(used[1]);
    }
}

public sealed class NoImplicitSenderSpec : TestKitSpec, INoImplicitSender
{
    [Fact]
    public void A_test_without_implicit_sender_sends_as_nobody()
    {
        TestActor.Tell("who?");
        ExpectMsg<string>((_, sender) => Assert.Equal(Sys.DeadLetters, sender));
    }
}
