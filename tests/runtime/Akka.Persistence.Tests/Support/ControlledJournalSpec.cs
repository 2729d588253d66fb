using Akka.Configuration;
using Akka.Persistence.Tests.Specs;

namespace Akka.Persistence.Tests;

/// <summary>A spec that tells its journal what to do.</summary>
public abstract class ControlledJournalSpec(string hocon)
    : PersistenceSpec(ConfigurationFactory.ParseString(hocon).WithFallback(ConfigurationFactory.ParseString(ControlledJournal.Hocon)))
{
    protected void Control(object order)
    {
        Persistence.Instance.Apply(Sys).JournalFor("").Tell(order, TestActor);
        ExpectMsg<Controlled>(Patience);
    }
}
