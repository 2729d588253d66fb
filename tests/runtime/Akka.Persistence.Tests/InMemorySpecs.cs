using Akka.Configuration;
using Akka.Persistence.Tests.Specs;

namespace Akka.Persistence.Tests;

internal static class InMemory
{
    public static Config Config { get; } =
        ConfigurationFactory.ParseString("akka.persistence.snapshot-store.plugin = \"akka.persistence.snapshot-store.inmem\"");
}

public sealed class InMemoryPersistentActorSpecs() : PersistentActorSpecs(InMemory.Config);

public sealed class InMemorySnapshotSpecs() : SnapshotSpecs(InMemory.Config);

public sealed class InMemoryJournalSpecs() : JournalSpecs(InMemory.Config);
