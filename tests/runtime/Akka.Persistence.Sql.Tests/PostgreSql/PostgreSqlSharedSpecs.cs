using Akka.Persistence.Tests.Specs;

namespace Akka.Persistence.Sql.Tests.PostgreSql;

[Collection(PostgreSqlCollection.Name)]
public sealed class PostgreSqlPersistentActorSpecs(PostgreSqlCluster cluster)
    : PersistentActorSpecs(SqlConfig.For("PostgreSQL.15", cluster.ConnectionString));

[Collection(PostgreSqlCollection.Name)]
public sealed class PostgreSqlSnapshotSpecs(PostgreSqlCluster cluster)
    : SnapshotSpecs(SqlConfig.For("PostgreSQL.15", cluster.ConnectionString));

[Collection(PostgreSqlCollection.Name)]
public sealed class PostgreSqlJournalSpecs(PostgreSqlCluster cluster)
    : JournalSpecs(SqlConfig.For("PostgreSQL.15", cluster.ConnectionString, "akka.persistence.journal.sql.replay-batch-size = 2"));
