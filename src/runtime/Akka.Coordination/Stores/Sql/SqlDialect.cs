using System.Data.Common;
using Akka.Configuration;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Akka.Coordination.Stores.Sql;

/// <summary>What differs between the databases.</summary>
/// <param name="Now">The time in milliseconds; for SQLite, which runs in this process, the parameter <c>@now</c>.</param>
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
