using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Moves;

/// <summary>
/// Begins to move a running resource to another node. A migration adds the destination to may-run and orders it to receive with this entry's
/// token; a relocation orders the owner to stop.
/// </summary>
/// <param name="Id">The resource.</param>
/// <param name="Target">The node it shall run on.</param>
/// <param name="Kind">How it moves.</param>
/// <param name="Why">Why it moves, for people.</param>
public sealed record MoveResource(ResourceId Id, NodeName Target, MoveKind Kind, string Why) : LogCommand
{
    /// <summary>Whether it only makes way for a maintenance or a shutdown, and returns afterwards if it fails back.</summary>
    public bool IsEvacuation { get; init; }

    /// <summary>Whether an operator wants it though capacity or a quarantine speaks against it. No rule is broken by it, and no copy is risked.</summary>
    public bool IsForced { get; init; }
}

/// <summary>
/// Commits <c>owner = destination</c> with this entry's token: the source stands still at the switch-over and the destination waits. From here
/// on the source may hand over.
/// </summary>
/// <param name="Id">The resource.</param>
public sealed record HandOver(ResourceId Id) : LogCommand;

/// <summary>Gives a migration up: the destination is ordered to end its copy, with this entry's token.</summary>
/// <param name="Id">The resource.</param>
/// <param name="SourceAnswer">
/// The token with which the source answered that it runs the guest on. Before the hand-over is committed nobody else can run it, and no answer
/// is needed.
/// </param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record AbortMigration(ResourceId Id, Token SourceAnswer, string Reason) : LogCommand;
