using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Tests.Specs;

namespace Akka.Persistence.Tests;

public sealed class ReceivePersistentActorSpecs() : PersistenceSpec(ConfigurationFactory.ParseString(
    "akka.persistence.snapshot-store.plugin = \"akka.persistence.snapshot-store.inmem\""))
{
    [Fact]
    public void The_first_handler_that_takes_a_command_handles_it()
    {
        var counter = Sys.ActorOf(Props.Create(() => new Counter(Id)));
        counter.Tell(-5, Client.Ref);
        Client.ExpectMsg("refused -5", Patience);
        counter.Tell(3, Client.Ref);
        Client.ExpectMsg(3, Patience);
        counter.Tell("total", Client.Ref);
        Client.ExpectMsg("total 3", Patience);
        counter.Tell('x', Client.Ref);
        Client.ExpectMsg("what is x?", Patience);
    }

    [Fact]
    public void What_is_replayed_goes_to_its_own_handlers_whatever_the_behaviour_is()
    {
        var counter = Sys.ActorOf(Props.Create(() => new Counter(Id)));
        counter.Tell(3, Client.Ref);
        counter.Tell(4, Client.Ref);
        Client.ExpectMsg(3, Patience);
        Client.ExpectMsg(7, Patience);
        counter.Tell("close", Client.Ref);
        counter.Tell(5, Client.Ref);
        Client.ExpectMsg("closed", Patience);
        Stop(counter);
        counter = Sys.ActorOf(Props.Create(() => new Counter(Id)));
        counter.Tell("total", Client.Ref);
        Client.ExpectMsg("total 7", Patience);
    }

    [Fact]
    public void A_stacked_behaviour_gives_way_to_the_one_below()
    {
        var counter = Sys.ActorOf(Props.Create(() => new Counter(Id)));
        counter.Tell("close", Client.Ref);
        counter.Tell(1, Client.Ref);
        Client.ExpectMsg("closed", Patience);
        counter.Tell("open", Client.Ref);
        counter.Tell(2, Client.Ref);
        Client.ExpectMsg(2, Patience);
    }

    [Fact]
    public void An_asynchronous_handler_keeps_the_next_command_waiting()
    {
        var counter = Sys.ActorOf(Props.Create(() => new Counter(Id)));
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        counter.Tell(gate.Task, Client.Ref);
        counter.Tell("total", Client.Ref);
        gate.SetResult(9);
        Client.ExpectMsg(9, Patience);
        Client.ExpectMsg("total 9", Patience);
    }

    [Fact]
    public void A_handler_behind_one_that_takes_everything_is_refused()
    {
        var handlers = new HandlerTable();
        handlers.Add<object>(_ => { }, null);
        Assert.Contains("never be called", Assert.Throws<InvalidOperationException>(() => handlers.Add<string>(_ => { }, null)).Message);
    }

    private sealed class Counter : ReceivePersistentActor
    {
        private int _total;

        public Counter(string persistenceId)
        {
            PersistenceId = persistenceId;
            Recover<int>(Count);
            Command<int>(n => n < 0, n => Sender.Tell($"refused {n}"));
            Command<int>(Persisting);
            CommandAsync<Task<int>>(async task => Persisting(await task));
            Command<string>(text =>
            {
                if (text != "total") return false;
                Sender.Tell($"total {_total}");
                return true;
            });
            Command<string>(text => text == "close", _ => BecomeStacked(Closed));
            CommandAny(message => Sender.Tell($"what is {message}?"));
        }

        public override string PersistenceId { get; }

        private void Closed()
        {
            Command<string>(text => text == "open", _ => UnbecomeStacked());
            CommandAny(_ => Sender.Tell("closed"));
        }

        private void Persisting(int n) => Persist(n, counted =>
        {
            Count(counted);
            Sender.Tell(_total);
        });

        private void Count(int n) => _total += n;
    }
}
