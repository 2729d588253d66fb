using System.Text.Json;
using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Hypervisors.Commands;

/// <summary>What is kept of a guest that a command runs: enough to ask for it and to stop it, also after the daemon was restarted.</summary>
/// <param name="Definition">What was started.</param>
/// <param name="Token">The token of the start.</param>
public sealed record GuestRecord(VmDefinition Definition, Token Token)
{
    /// <summary>The name the guest runs under, <c>vm-101</c>.</summary>
    public string Name => Definition.GuestName;
}

/// <summary>
/// The records of a node's guests, a file each in the run directory. A record is on disk before the guest is started and goes only when the guest
/// is known not to run: one too many costs a question, one too few would hide a guest.
/// </summary>
internal sealed class GuestRecords(string folder)
{
    private const string Suffix = ".guest.json";

    public void Write(GuestRecord record)
    {
        Directory.CreateDirectory(folder);
        var stored = new Stored(
            record.Definition.Id.ToString(), record.Definition.Uuid, record.Definition.MemoryMib, record.Definition.Cpus,
            [.. record.Definition.Disks.Select(d => d.Path)], GuestToken.Format(record.Token));
        var path = PathOf(record.Definition.Id);
        var next = path + ".new";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, stored);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    public void Remove(ResourceId id) => File.Delete(PathOf(id));

    public GuestRecord? Find(ResourceId id) => File.Exists(PathOf(id)) ? Read(PathOf(id)) : null;

    public IReadOnlyList<GuestRecord> All() =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*" + Suffix).Order(StringComparer.Ordinal).Select(Read)] : [];

    private string PathOf(ResourceId id) => Path.Combine(folder, VmDefinition.NameOf(id) + Suffix);

    private static GuestRecord Read(string path)
    {
        try
        {
            var stored = JsonSerializer.Deserialize<Stored>(File.ReadAllText(path)) ?? throw new JsonException("it is empty");
            var definition = new VmDefinition(ResourceId.Parse(stored.Id), stored.Uuid, [.. stored.Disks.Select(d => new VmDisk(d))])
            {
                MemoryMib = stored.MemoryMib,
                Cpus = stored.Cpus,
            };
            return new GuestRecord(definition, GuestToken.Parse(stored.Token) ?? Token.None);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new InvalidOperationException(
                $"{path} cannot be read as the record of a guest ({e.Message}). Find out whether that guest runs, stop it if it does, and delete the file.", e);
        }
    }

    private sealed record Stored(string Id, Guid Uuid, int MemoryMib, int Cpus, string[] Disks, string Token);
}
