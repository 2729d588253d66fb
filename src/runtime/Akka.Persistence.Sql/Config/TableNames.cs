using Akka.Configuration;

namespace Akka.Persistence.Sql.Config;

/// <summary>The names of a journal's tables and columns, quoted as they stand in SQL.</summary>
internal sealed record JournalNames(
    string Table, string Ordering, string Deleted, string PersistenceId, string SequenceNumber, string Created, string Message, string Identifier,
    string Manifest, string? WriterUuid, string TableName, TagNames Tags)
{
    public static JournalNames Read(Akka.Configuration.Config plugin, string pluginId)
    {
        var mapping = TableMapping.Of(plugin, pluginId);
        var table = mapping.GetConfig("journal");
        var columns = table.GetConfig("columns");
        return new JournalNames(
            TableMapping.TableIn(mapping, table), TableMapping.Column(columns, "ordering"), TableMapping.Column(columns, "deleted"),
            TableMapping.Column(columns, "persistence-id"), TableMapping.Column(columns, "sequence-number"), TableMapping.Column(columns, "created"),
            TableMapping.Column(columns, "message"), TableMapping.Column(columns, "identifier"), TableMapping.Column(columns, "manifest"),
            table.GetBoolean("use-writer-uuid-column") ? TableMapping.Column(columns, "writer-uuid") : null,
            table.GetString("table-name"), TagNames.Read(mapping));
    }
}

/// <summary>The names of the tag table and its columns.</summary>
internal sealed record TagNames(string Table, string Ordering, string Tag, string PersistenceId, string SequenceNumber, string TableName)
{
    public static TagNames Read(Akka.Configuration.Config mapping)
    {
        var table = mapping.GetConfig("tag");
        var columns = table.GetConfig("columns");
        return new TagNames(
            TableMapping.TableIn(mapping, table), TableMapping.Column(columns, "ordering-id"), TableMapping.Column(columns, "tag-value"),
            TableMapping.Column(columns, "persistence-id"), TableMapping.Column(columns, "sequence-nr"), table.GetString("table-name"));
    }
}

/// <summary>The names of a snapshot store's table and columns.</summary>
internal sealed record SnapshotNames(
    string Table, string PersistenceId, string SequenceNumber, string Created, string Snapshot, string Manifest, string SerializerId)
{
    public static SnapshotNames Read(Akka.Configuration.Config plugin, string pluginId)
    {
        var mapping = TableMapping.Of(plugin, pluginId);
        var table = mapping.GetConfig("snapshot");
        var columns = table.GetConfig("columns");
        return new SnapshotNames(
            TableMapping.TableIn(mapping, table), TableMapping.Column(columns, "persistence-id"), TableMapping.Column(columns, "sequence-number"),
            TableMapping.Column(columns, "created"), TableMapping.Column(columns, "snapshot"), TableMapping.Column(columns, "manifest"),
            TableMapping.Column(columns, "serializerId"));
    }
}

/// <summary>Reads the block that <c>table-mapping</c> names.</summary>
internal static class TableMapping
{
    /// <exception cref="ConfigurationException">There is no such block.</exception>
    public static Akka.Configuration.Config Of(Akka.Configuration.Config plugin, string pluginId)
    {
        var name = plugin.GetString("table-mapping");
        if (!plugin.HasPath(name))
            throw new ConfigurationException(
                $"{pluginId}.table-mapping is \"{name}\", but there is no block {pluginId}.{name} with the names of tables and columns.");
        return plugin.GetConfig(name);
    }

    public static string TableIn(Akka.Configuration.Config mapping, Akka.Configuration.Config table)
    {
        var schema = mapping.GetString("schema-name");
        var name = Quote(table.GetString("table-name"));
        return IsNull(schema) ? name : $"{Quote(schema)}.{name}";
    }

    public static string Column(Akka.Configuration.Config columns, string key) => Quote(columns.GetString(key));

    public static bool IsNull(string? value) => string.IsNullOrEmpty(value) || value == "null";

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
