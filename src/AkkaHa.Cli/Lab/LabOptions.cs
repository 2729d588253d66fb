namespace AkkaHa.Cli.Lab;

/// <summary>What a new lab is made of.</summary>
/// <param name="Folder">Where all of it lies.</param>
/// <param name="Nodes">How many nodes.</param>
/// <param name="Vms">How many VMs.</param>
/// <param name="HasArbiter">Whether a further node votes only.</param>
/// <param name="Hypervisor"><c>auto</c>, <c>qemu</c> or <c>embedded</c>.</param>
/// <param name="Power"><c>auto</c>, <c>ipmi</c>, <c>controller</c> or <c>none</c>.</param>
internal sealed record LabOptions(string Folder, int Nodes, int Vms, bool HasArbiter, string Hypervisor, string Power)
{
    /// <summary>Bytes per second that a migration may take; null for as fast as it goes.</summary>
    public long? MigrationBandwidth { get; init; }

    /// <summary>Whether each machine has networks of its own, in namespaces.</summary>
    public bool HasNamespaces { get; init; }

    /// <summary>Whether nodes and operator know each other by certificates.</summary>
    public bool HasTls { get; init; }

    /// <summary>A file of settings that each node's own file includes; null for the defaults.</summary>
    public string? Settings { get; init; }

    /// <summary>Whether each machine has an emulated watchdog.</summary>
    public bool HasWatchdogs { get; init; }
}
