using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Event;

public sealed class EventStreamSpec : AkkaSpec
{
    private interface IAnimal;

    private class Cat : IAnimal;

    private sealed class Lion : Cat;

    private sealed class Dog : IAnimal;

    [Fact]
    public void A_subscriber_gets_events_of_its_type_and_of_all_types_below_it()
    {
        var (cats, animals) = (CreateTestProbe(), CreateTestProbe());
        Assert.True(Sys.EventStream.Subscribe(cats.Ref, typeof(Cat)));
        Assert.True(Sys.EventStream.Subscribe<IAnimal>(animals.Ref));
        foreach (var animal in (object[])[new Cat(), new Dog(), new Lion()])
            Sys.EventStream.Publish(animal);
        Assert.Equal([typeof(Cat), typeof(Lion)], cats.ReceiveN(2).Select(animal => animal.GetType()));
        Assert.Equal([typeof(Cat), typeof(Dog), typeof(Lion)], animals.ReceiveN(3).Select(animal => animal.GetType()));
    }

    [Fact]
    public void Two_subscriptions_that_fit_give_one_event()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Cat));
        Sys.EventStream.Subscribe(TestActor, typeof(IAnimal));
        Sys.EventStream.Publish(new Lion());
        ExpectMsg<Lion>();
        Sys.EventStream.Publish(new Dog());
        ExpectMsg<Dog>();
    }

    [Fact]
    public void Subscribing_twice_changes_nothing()
    {
        Assert.True(Sys.EventStream.Subscribe(TestActor, typeof(Cat)));
        Assert.False(Sys.EventStream.Subscribe(TestActor, typeof(Cat)));
        Assert.True(Sys.EventStream.Unsubscribe(TestActor, typeof(Cat)));
        Assert.False(Sys.EventStream.Unsubscribe(TestActor, typeof(Cat)));
    }

    [Fact]
    public void A_subscription_ends_for_its_type_or_altogether()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Cat));
        Sys.EventStream.Subscribe(TestActor, typeof(Dog));
        Sys.EventStream.Unsubscribe(TestActor, typeof(Cat));
        Sys.EventStream.Publish(new Cat());
        Sys.EventStream.Publish(new Dog());
        ExpectMsg<Dog>();
        Assert.True(Sys.EventStream.Unsubscribe(TestActor));
        Sys.EventStream.Publish(new Dog());
        TestActor.Tell("next");
        ExpectMsg("next");
    }

    [Fact]
    public void A_subscriber_that_ends_is_removed()
    {
        var probe = CreateTestProbe();
        Sys.EventStream.Subscribe(probe.Ref, typeof(Cat));
        Watch(probe.Ref);
        Sys.Stop(probe.Ref);
        ExpectTerminated(probe.Ref);
        AwaitAssert(() => Assert.False(Sys.EventStream.Unsubscribe(probe.Ref)));
    }
}
