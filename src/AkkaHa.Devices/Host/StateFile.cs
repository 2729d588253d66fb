using Microsoft.Data.Sqlite;

namespace AkkaHa.Devices.Host;

/// <summary>A file with a node's state log is not there, is damaged, or is in the way.</summary>
public sealed class StateException(string message) : Exception(message);

/// <summary>The file with a node's state log, a SQLite database: copied while it is in use, checked, and put aside as a whole.</summary>
public static class StateFile
{
    /// <summary>Copies a database, in use or not, and checks the copy.</summary>
    /// <exception cref="StateException">There is none, or the copy is damaged.</exception>
    public static void Copy(string from, string to)
    {
        if (!File.Exists(from))
            throw new StateException($"{from} is not there.");
        try
        {
            using var source = new SqliteConnection($"Data Source={from};Mode=ReadWrite;Pooling=False");
            using var target = new SqliteConnection($"Data Source={to};Pooling=False");
            source.Open();
            target.Open();
            source.BackupDatabase(target);
            using var check = target.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            if (check.ExecuteScalar() as string is not "ok" and var wrong)
                throw new StateException($"{from} is damaged: {wrong}");
        }
        catch (SqliteException e)
        {
            throw new StateException($"{from} cannot be read as a journal: {e.Message}");
        }
    }

    /// <summary>Copies a database to a file that is not there yet.</summary>
    /// <exception cref="StateException">The file is there already, there is no database, or the copy is damaged.</exception>
    public static void CopyToNew(string from, string to)
    {
        if (File.Exists(to))
            throw new StateException($"{to} exists already; give another name, or remove it.");
        Copy(from, to);
    }

    /// <summary>Reads a copy of a database that is removed afterwards: who reads opens for writing, and the database itself is not to be touched.</summary>
    /// <exception cref="StateException">There is none, or it is damaged.</exception>
    public static async Task<T> ReadCopyAsync<T>(string file, Func<string, Task<T>> read)
    {
        var folder = Directory.CreateTempSubdirectory("akkaha-state").FullName;
        try
        {
            var copy = Path.Combine(folder, "journal.db");
            Copy(file, copy);
            return await read(copy).ConfigureAwait(false);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Renames a database that nobody has open, with the files beside it that belong to it.</summary>
    /// <returns>Where it is now; null if there was none.</returns>
    public static string? PutAside(string file, string suffix)
    {
        if (!File.Exists(file))
            return null;
        foreach (var part in new[] { "", "-wal", "-shm" }.Where(part => File.Exists(file + part)))
            File.Move(file + part, file + suffix + part);
        return file + suffix;
    }
}
