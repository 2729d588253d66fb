using System.Globalization;

namespace Akka.Persistence.Snapshot;

/// <summary>The files of a <see cref="LocalSnapshotStore"/>: <c>snapshot-ID-SEQUENCE-TICKS</c>, the persistence id escaped.</summary>
internal sealed class SnapshotFolder(string path)
{
    private const string Prefix = "snapshot-";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public IReadOnlyList<SnapshotMetadata> List(string persistenceId)
    {
        if (!Directory.Exists(Path)) return [];
        var start = Prefix + Uri.EscapeDataString(persistenceId) + "-";
        var found = new List<SnapshotMetadata>();
        foreach (var file in Directory.EnumerateFiles(Path))
        {
            var name = System.IO.Path.GetFileName(file);
            if (!name.StartsWith(start, StringComparison.Ordinal)) continue;
            var parts = name[start.Length..].Split('-');
            if (parts.Length == 2
                && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequenceNr)
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks))
                found.Add(new SnapshotMetadata(persistenceId, sequenceNr, new DateTime(ticks, DateTimeKind.Utc)));
        }

        return found;
    }

    public byte[] Read(SnapshotMetadata metadata) => File.ReadAllBytes(FileOf(metadata));

    public void Write(SnapshotMetadata metadata, byte[] bytes)
    {
        Directory.CreateDirectory(Path);
        var file = FileOf(metadata);
        var beside = file + ".tmp";
        using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, file, overwrite: true);
        foreach (var older in List(metadata.PersistenceId).Where(m => m.SequenceNr == metadata.SequenceNr && m.Timestamp != metadata.Timestamp))
            Delete(older);
    }

    public void Delete(SnapshotMetadata metadata) => File.Delete(FileOf(metadata));

    private string FileOf(SnapshotMetadata metadata) =>
        System.IO.Path.Combine(
            Path, FormattableString.Invariant($"{Prefix}{Uri.EscapeDataString(metadata.PersistenceId)}-{metadata.SequenceNr}-{metadata.Timestamp.Ticks}"));
}
