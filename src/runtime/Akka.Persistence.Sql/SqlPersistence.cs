using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Sql.Db;

namespace Akka.Persistence.Sql;

/// <summary>Loads the defaults of the SQL journal and snapshot store, and holds the databases that they share.</summary>
public sealed class SqlPersistence : IExtension
{
    /// <summary>Configuration path of the journal.</summary>
    public const string JournalConfigPath = "akka.persistence.journal.sql";

    /// <summary>Configuration path of the snapshot store.</summary>
    public const string SnapshotStoreConfigPath = "akka.persistence.snapshot-store.sql";

    /// <summary>All defaults: this assembly's <c>reference.conf</c>.</summary>
    public static readonly Akka.Configuration.Config DefaultConfiguration =
        ConfigurationFactory.FromResource("Akka.Persistence.Sql.reference.conf", typeof(SqlPersistence).Assembly);

    /// <summary>The defaults of the journal.</summary>
    public static readonly Akka.Configuration.Config DefaultJournalConfiguration = DefaultConfiguration.GetConfig(JournalConfigPath);

    /// <summary>The defaults of the snapshot store.</summary>
    public static readonly Akka.Configuration.Config DefaultSnapshotConfiguration = DefaultConfiguration.GetConfig(SnapshotStoreConfigPath);

    /// <summary>Creates the extension; called by <see cref="SqlPersistenceProvider"/>.</summary>
    /// <param name="system">The actor system.</param>
    public SqlPersistence(ActorSystem system)
    {
        system.Settings.InjectTopLevelFallback(DefaultConfiguration);
        Databases = new SqlDatabases(system);
    }

    internal SqlDatabases Databases { get; }

    /// <summary>The extension of an actor system; loaded when it is first asked for.</summary>
    /// <param name="system">The actor system.</param>
    public static SqlPersistence Get(ActorSystem system) => system.WithExtension<SqlPersistence, SqlPersistenceProvider>();
}

/// <summary>Makes the extension.</summary>
public sealed class SqlPersistenceProvider : ExtensionIdProvider<SqlPersistence>
{
    /// <inheritdoc/>
    public override SqlPersistence CreateExtension(ExtendedActorSystem system) => new(system);
}
