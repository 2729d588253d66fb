namespace Akka.Persistence.Sql.Journal;

/// <summary>An event as it stands in the journal's table.</summary>
internal sealed class JournalRow
{
    public bool Deleted { get; set; }

    public required string PersistenceId { get; set; }

    public long SequenceNumber { get; set; }

    /// <summary>When it was handed to the journal, in ticks of UTC.</summary>
    public long Created { get; set; }

    public required byte[] Message { get; set; }

    public int? Identifier { get; set; }

    public string? Manifest { get; set; }

    public string? WriterUuid { get; set; }

    /// <summary>Kept in the tag table.</summary>
    public IReadOnlyCollection<string> Tags { get; set; } = [];
}
