using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Akka.Persistence.Sql.Tests;

/// <summary>A PostgreSQL server of its own in a temporary folder, with the binaries of the Debian package.</summary>
public sealed class PostgreSqlCluster : IDisposable
{
    private readonly string _binaries;
    private readonly string _folder;
    private readonly string _data;
    private readonly int _port;
    private int _databases;

    public PostgreSqlCluster()
    {
        _binaries = FindBinaries();
        _folder = Directory.CreateTempSubdirectory("akka-pg-").FullName;
        _data = Path.Combine(_folder, "data");
        _port = FreePort();
        if (IsRoot) Run("chown", "postgres", _folder);
        AsServer("initdb", "-D", _data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions");
        Start();
        ConnectionString = CreateDatabase();
    }

    /// <summary>A database that specs share which use persistence ids of their own.</summary>
    public string ConnectionString { get; }

    private static bool IsRoot => Environment.UserName == "root";

    public string CreateDatabase()
    {
        var name = $"spec{Interlocked.Increment(ref _databases)}";
        using var connection = new NpgsqlConnection($"{For("postgres")};Pooling=False");
        connection.Open();
        using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        command.ExecuteNonQuery();
        return For(name);
    }

    public void Start() => AsServer(
        "pg_ctl", "-D", _data, "-w", "-l", Path.Combine(_folder, "log"), "-o", $"-p {_port} -k {_folder} -c listen_addresses=127.0.0.1", "start");

    /// <summary>Ends the server as a crash would: nothing is finished, nothing is written out.</summary>
    public void Crash() => AsServer("pg_ctl", "-D", _data, "-w", "-m", "immediate", "stop");

    public void Dispose()
    {
        try
        {
            Crash();
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string FindBinaries()
    {
        const string Root = "/usr/lib/postgresql";
        var found = Directory.Exists(Root)
            ? Directory.GetDirectories(Root).OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var version) ? version : 0)
                .Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
            : null;
        return found ?? throw new InvalidOperationException(
            $"These specs run on a real PostgreSQL, and there is none in {Root}: install the package postgresql (apt-get install postgresql).");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string For(string database) => $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database}";

    // The server refuses to run as root.
    private void AsServer(string command, params string[] arguments)
    {
        var binary = Path.Combine(_binaries, command);
        if (IsRoot) Run("runuser", ["-u", "postgres", "--", binary, .. arguments]);
        else Run(binary, arguments);
    }

    private void Run(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = _folder, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{command} {string.Join(' ', arguments)} ended with {process.ExitCode}; see its output above.");
    }
}

/// <summary>The specs that share a server.</summary>
[CollectionDefinition(Name)]
public sealed class PostgreSqlCollection : ICollectionFixture<PostgreSqlCluster>
{
    public const string Name = "PostgreSQL";
}
