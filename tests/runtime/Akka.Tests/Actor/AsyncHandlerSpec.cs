using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class AsyncHandlerSpec : AkkaSpec
{
    private sealed class Worker : ReceiveActor
    {
        private readonly IActorRef _listener;

        public Worker(IActorRef listener, Task gate)
        {
            _listener = listener;
            ReceiveAsync<string>(text => text == "wait", async _ =>
            {
                var (self, sender, context) = (Self, Sender, Context);
                await gate;
                Assert.Same(context, Context);
                await Task.Yield();
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System).ConfigureAwait(true);
                Assert.Equal((self, sender), (Self, Sender));
                Sender.Tell("waited");
            });
            ReceiveAsync<string>(text => text == "begin and wait", async _ =>
            {
                Sender.Tell("begun");
                await gate;
                Sender.Tell("waited");
            });
            ReceiveAsync<string>(text => text == "fail", async _ =>
            {
                await gate;
                throw new InvalidOperationException("oops");
            });
            ReceiveAsync<string>(text => text == "fail at once", _ => throw new InvalidOperationException("oops"));
            ReceiveAsync<string>(text => text == "become", async _ =>
            {
                await gate;
                Become(() => ReceiveAny(message => Sender.Tell($"changed: {message}")));
            });
            ReceiveAsync<IActorRef>(async other =>
            {
                var answer = await other.Ask<string>("plain", Patience);
                Sender.Tell($"asked: {answer}");
            });
            ReceiveAsync<string>(text => text == "child", async _ =>
            {
                await gate;
                var child = Context.ActorOf(Props.Create(() => new Worker(listener, gate)));
                child.Forward("plain");
            });
            Receive<ReceiveTimeout>(_ => listener.Tell("timeout"));
            ReceiveAnyAsync(message =>
            {
                Sender.Tell(message);
                return Task.CompletedTask;
            });
        }

        protected override void PreRestart(Exception reason, object message)
        {
            _listener.Tell($"restarting after {message}: {reason.Message}");
            base.PreRestart(reason, message);
        }
    }

    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IActorRef StartWorker() => Sys.ActorOf(Props.Create(() => new Worker(TestActor, _gate.Task)));

    [Fact]
    public void The_next_message_waits_until_the_handler_has_ended()
    {
        var worker = StartWorker();
        worker.Tell("wait");
        worker.Tell("plain");
        worker.Tell("wait");
        worker.Tell("plain");
        _gate.SetResult();
        Assert.Equal(["waited", "plain", "waited", "plain"], ReceiveN(4));
    }

    [Fact]
    public void Self_sender_and_context_are_the_same_after_an_await()
    {
        IActorRef worker = StartWorker(), one = CreateTestProbe().Ref;
        var other = CreateTestProbe();
        worker.Tell("wait", other.Ref);
        worker.Tell("plain", one);
        _gate.SetResult();
        other.ExpectMsg("waited");
    }

    [Fact]
    public void A_failure_after_an_await_restarts_the_actor_with_the_message()
    {
        var worker = StartWorker();
        worker.Tell("fail");
        worker.Tell("plain");
        EventFilter.Exception<InvalidOperationException>("oops").ExpectOne(() => _gate.SetResult());
        ExpectMsg("restarting after fail: oops");
        ExpectMsg("plain");
    }

    [Fact]
    public void A_failure_before_the_first_await_restarts_the_actor_with_the_message()
    {
        var worker = StartWorker();
        worker.Tell("fail at once");
        ExpectMsg("restarting after fail at once: oops");
        worker.Tell("plain");
        ExpectMsg("plain");
    }

    [Fact]
    public void An_actor_can_be_stopped_while_its_handler_waits()
    {
        var worker = StartWorker();
        worker.Tell("wait");
        Sync(StartWorker());
        Watch(worker);
        Sys.Stop(worker);
        ExpectTerminated(worker);
        // What is left of the handler has no actor to run on.
        _gate.SetResult();
        ExpectNoMsg(50);
    }

    [Fact]
    public void What_an_actor_becomes_after_an_await_holds_for_the_next_message()
    {
        var worker = StartWorker();
        worker.Tell("become");
        worker.Tell("plain");
        _gate.SetResult();
        ExpectMsg("changed: plain");
    }

    [Fact]
    public void An_actor_can_ask_another_one_in_its_handler()
    {
        StartWorker().Tell(StartWorker());
        ExpectMsg("asked: plain");
    }

    [Fact]
    public void A_child_that_is_made_after_an_await_is_not_suspended()
    {
        StartWorker().Tell("child");
        _gate.SetResult();
        ExpectMsg("plain");
    }

    private sealed class AllForOne : ReceiveActor
    {
        public AllForOne(IActorRef listener, Task gate)
        {
            var waiting = Context.ActorOf(Props.Create(() => new Worker(listener, gate)));
            var failing = Context.ActorOf(Props.Create(() => new Worker(listener, gate)));
            Receive<string>(text => text == "wait", _ => waiting.Forward("begin and wait"));
            Receive<string>(_ =>
            {
                failing.Forward("fail at once");
                waiting.Forward("plain");
            });
        }

        protected override SupervisorStrategy SupervisorStrategy() => new AllForOneStrategy(_ => Directive.Restart);
    }

    [Fact]
    public void A_restart_from_outside_waits_until_the_handler_has_ended()
    {
        var parent = Sys.ActorOf(Props.Create(() => new AllForOne(TestActor, _gate.Task)));
        parent.Tell("wait", TestActor);
        ExpectMsg("begun");
        parent.Tell("fail", TestActor);
        ExpectMsg("restarting after fail at once: oops");
        _gate.SetResult();
        ExpectMsg("waited");
        ExpectMsg("restarting after : oops");
        ExpectMsg("plain");
    }

    [Fact]
    public void RunTask_outside_an_actor_is_refused()
    {
        var thread = new Thread(() => Assert.Throws<InvalidOperationException>(() => Akka.Dispatch.ActorTaskScheduler.RunTask(() => Task.CompletedTask)));
        // Without the flow of execution, which carries the test actor.
        thread.UnsafeStart();
        thread.Join();
    }

    [Fact]
    public void A_handler_that_waits_does_not_count_as_silence()
    {
        var worker = Sys.ActorOf(Props.Create(() => new Impatient(TestActor, _gate.Task)));
        worker.Tell("wait");
        ExpectMsg("begun");
        ExpectNoMsg(100);
        _gate.SetResult();
        ExpectMsg("ended");
        ExpectMsg("timeout");
    }

    private sealed class Impatient : ReceiveActor
    {
        public Impatient(IActorRef listener, Task gate)
        {
            SetReceiveTimeout(TimeSpan.FromMilliseconds(20));
            Receive<ReceiveTimeout>(_ =>
            {
                SetReceiveTimeout(null);
                listener.Tell("timeout");
            });
            ReceiveAsync<string>(async _ =>
            {
                listener.Tell("begun");
                await gate;
                listener.Tell("ended");
            });
        }
    }
}
