using Microsoft.Data.Sqlite;

namespace Akka.Persistence.Sql.Tests;

/// <summary>A SQLite database in a folder of its own, which goes with it.</summary>
internal sealed class SqliteFile : IDisposable
{
    public SqliteFile(string? folder = null)
    {
        Folder = folder ?? Directory.CreateTempSubdirectory("akka-sql-").FullName;
        Path = System.IO.Path.Combine(Folder, "journal.db");
        ConnectionString = $"Data Source={Path}";
    }

    public string Folder { get; }

    public string Path { get; }

    public string ConnectionString { get; }

    public Akka.Configuration.Config Config(string more = "", string mode = "") => SqlConfig.For("SQLite.MS", ConnectionString + mode, more);

    /// <summary>Opens the database beside the journal.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"{ConnectionString};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
