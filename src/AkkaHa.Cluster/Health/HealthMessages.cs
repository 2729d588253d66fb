using AkkaHa.Core.Health;

namespace AkkaHa.Cluster.Health;

/// <summary>How a guest is to be looked after from now on, from the LRM to the guest's actor.</summary>
/// <param name="Check">The check; null for none.</param>
internal sealed record SetHealthCheck(HealthCheck? Check);

/// <summary>A guest passed its check for the first time since it was started or reset, or it cannot be asked.</summary>
/// <param name="Process">The guest's process.</param>
internal sealed record GuestReady(int Process);

/// <summary>A guest hangs.</summary>
/// <param name="Process">Its process.</param>
/// <param name="GivesUp">Whether it is to be ended here; else it is to be reset.</param>
/// <param name="Reason">What it failed, as a sentence.</param>
internal sealed record GuestHangs(int Process, bool GivesUp, string Reason);
