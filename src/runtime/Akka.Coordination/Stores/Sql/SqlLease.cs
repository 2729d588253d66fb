using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Coordination.Stores.Sql;

/// <summary>A lease in a database: <c>akka.coordination.lease.sql</c>.</summary>
internal sealed partial class SqlLease : StoredLease
{
    /// <summary>Called by <see cref="LeaseProvider"/>.</summary>
    public SqlLease(LeaseSettings settings, ExtendedActorSystem system)
        : base(settings, StoreOf(settings, LeasePlace.Of(system)), LeasePlace.Of(system)) => system.RegisterOnTermination(Stop);

    private static SqlLeaseStore StoreOf(LeaseSettings settings, LeasePlace place)
    {
        var config = settings.LeaseConfig;
        var connectionString = config.GetString("connection-string", "");
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new ConfigurationException($"The SQL lease '{settings.LeaseName}' has no connection-string.");
        var table = config.GetString("table-name", "akka_lease");
        if (!TableName().IsMatch(table))
            throw new ConfigurationException($"The table-name of the SQL lease '{settings.LeaseName}' is '{table}'; expected letters, digits and underscores, perhaps with a schema before a dot.");
        return new SqlLeaseStore(
            SqlDialect.Named(config.GetString("provider", "postgresql")), connectionString, table, settings.LeaseName, place.Time, settings.TimeoutSettings.OperationTimeout);
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex TableName();
}
