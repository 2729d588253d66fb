namespace AkkaHa.Core.StateLog;

/// <summary>
/// What a log entry says: one change of the cluster's committed state. The protocol of the log does not look inside;
/// each room of the core defines the commands of its concern.
/// </summary>
public abstract record LogCommand
{
    /// <summary>A word or line for people and transcripts; the command's name unless it says more.</summary>
    public virtual string Describe() => GetType().Name;
}
