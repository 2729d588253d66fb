using Akka.Persistence.Tests.Specs;

namespace Akka.Persistence.Sql.Tests.Sqlite;

public sealed class SqlitePersistentActorSpecs : PersistentActorSpecs
{
    private readonly SqliteFile _file;

    public SqlitePersistentActorSpecs()
        : this(new SqliteFile())
    {
    }

    private SqlitePersistentActorSpecs(SqliteFile file)
        : base(file.Config()) => _file = file;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _file.Dispose();
    }
}

public sealed class SqliteSnapshotSpecs : SnapshotSpecs
{
    private readonly SqliteFile _file;

    public SqliteSnapshotSpecs()
        : this(new SqliteFile())
    {
    }

    private SqliteSnapshotSpecs(SqliteFile file)
        : base(file.Config()) => _file = file;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _file.Dispose();
    }
}

public sealed class SqliteJournalSpecs : JournalSpecs
{
    private readonly SqliteFile _file;

    public SqliteJournalSpecs()
        : this(new SqliteFile())
    {
    }

    private SqliteJournalSpecs(SqliteFile file)
        : base(file.Config("akka.persistence.journal.sql.replay-batch-size = 2")) => _file = file;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _file.Dispose();
    }
}

public sealed class SqliteInMemoryPersistentActorSpecs() : PersistentActorSpecs(SqlConfig.For("SQLite.MS", "Data Source=:memory:"));

public sealed class SqliteInMemorySnapshotSpecs() : SnapshotSpecs(SqlConfig.For("SQLite.MS", "Data Source=:memory:"));
