using Akka.Configuration;
using Akka.Persistence.Tests;

namespace Akka.Persistence.Sql.Tests;

/// <summary>Configuration of an actor system that keeps events and snapshots in one SQL database.</summary>
internal static class SqlConfig
{
    public static Akka.Configuration.Config For(string providerName, string connectionString, string more = "") =>
        ConfigurationFactory.ParseString(more).WithFallback(ConfigurationFactory.ParseString($$"""
            akka.persistence {
              journal {
                plugin = "akka.persistence.journal.sql"
                sql {
                  class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
                  provider-name = "{{providerName}}"
                  connection-string = "{{connectionString}}"
                }
              }
              snapshot-store {
                plugin = "akka.persistence.snapshot-store.sql"
                sql {
                  class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
                  provider-name = "{{providerName}}"
                  connection-string = "{{connectionString}}"
                }
              }
            }
            """)).WithFallback(ConfigurationFactory.ParseString(EntrySerializer.Hocon));
}
