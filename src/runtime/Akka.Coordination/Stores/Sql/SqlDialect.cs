using System.Data.Common;
using Akka.Configuration;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Akka.Coordination.Stores.Sql;

/// <summary>What differs between the databases.</summary>
/// <param name="Now">
/// The wall clock of the machine that the database runs on, in milliseconds. SQLite runs in this process and on this machine, so there it
/// is the parameter <c>@now</c> from the actor system's time, which a simulation replaces.
/// </param>
/// <param name="Connect">Makes a connection.</param>
/// <param name="Prepare">What every new connection is told, or null.</param>
internal sealed record SqlDialect(string Now, Func<string, DbConnection> Connect, string? Prepare)
{
    public static readonly SqlDialect Sqlite = new("@now", text => new SqliteConnection(text), "PRAGMA synchronous = FULL");

    public static readonly SqlDialect PostgreSql =
        new("(extract(epoch from clock_timestamp()) * 1000)::bigint", text => new NpgsqlConnection(text), null);

    public static SqlDialect Named(string? provider) => provider switch
    {
        "sqlite" => Sqlite,
        "postgresql" => PostgreSql,
        _ => throw new ConfigurationException($"The provider of an SQL lease is '{provider}'; expected sqlite or postgresql."),
    };
}
