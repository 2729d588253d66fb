using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class PropsSpec : AkkaSpec
{
    private sealed class Named : ReceiveActor
    {
        public Named(string name, int number) => ReceiveAny(_ => Sender.Tell($"{name}{number}"));
    }

    private readonly string _field = "field";

    private string Answer(Props props)
    {
        Sys.ActorOf(props).Tell("?");
        return ExpectMsg<string>();
    }

    [Fact]
    public void Arguments_of_a_constructor_call_are_evaluated_once_when_the_props_are_made()
    {
        var calls = 0;
        Func<int> next = () => ++calls;
        var props = Props.Create(() => new Named(_field.ToUpperInvariant(), next()));
        Assert.Equal(("FIELD1", "FIELD1", 1), (Answer(props), Answer(props), calls));
        Assert.Equal(["FIELD", 1], props.Arguments);
        Assert.Equal(typeof(Named), props.Type);
    }

    [Fact]
    public void Arguments_can_be_given_in_a_row()
    {
        Assert.Equal("a1", Answer(Props.Create<Named>("a", 1)));
        Assert.Equal("a1", Answer(Props.Create(typeof(Named), "a", 1)));
        Assert.Equal(Props.Create<Named>("a", 1), Props.Create(typeof(Named), "a", 1));
        Assert.NotEqual(Props.Create<Named>("a", 1), Props.Create<Named>("a", 2));
    }

    [Fact]
    public void Arguments_that_fit_no_constructor_stop_the_actor_with_the_reason()
        => EventFilter.Exception<ActorInitializationException>(contains: "").ExpectOne(() => Sys.ActorOf(Props.Create<Named>("a")));

    [Fact]
    public void Only_a_constructor_call_is_an_expression_for_props()
    {
        Named? made = null;
        Assert.Throws<ArgumentException>(() => Props.Create(() => made!));
    }

    private sealed class Producer(List<string> log) : IIndirectActorProducer
    {
        public Type ActorType => typeof(Named);

        public ActorBase Produce()
        {
            lock (log)
                log.Add("produced");
            return new Named("p", 1);
        }

        public void Release(ActorBase actor)
        {
            lock (log)
                log.Add("released");
        }
    }

    [Fact]
    public void A_producer_makes_the_instances_and_gets_them_back()
    {
        var log = new List<string>();
        var actor = Sys.ActorOf(Props.CreateBy(new Producer(log)));
        actor.Tell("?");
        ExpectMsg("p1");
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        AwaitAssert(() => Assert.Equal(["produced", "released"], log));
    }

    [Fact]
    public void What_is_changed_is_changed_in_a_copy()
    {
        var props = Props.Create<Named>("a", 1);
        var changed = props.WithDispatcher("d").WithMailbox("m").WithStashCapacity(3).WithSupervisorStrategy(SupervisorStrategy.StoppingStrategy);
        Assert.Equal(("d", "m", 3), (changed.Dispatcher, changed.Mailbox, changed.Deploy.StashCapacity));
        Assert.Same(SupervisorStrategy.StoppingStrategy, changed.SupervisorStrategy);
        Assert.Equal((Akka.Dispatch.Dispatchers.DefaultDispatcherId, "", -1), (props.Dispatcher, props.Mailbox, props.Deploy.StashCapacity));
        Assert.Equal(props.Arguments, changed.Arguments);
    }
}
