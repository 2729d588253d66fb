using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Core.Storages;

/// <summary>
/// Gives a running guest up on a node that does not reach one of its storages: it is killed there, since one whose disk hangs cannot shut down.
/// Its policy says whether it is started elsewhere or waits for an operator.
/// </summary>
/// <param name="Id">The resource.</param>
/// <param name="Storage">The storage that its node does not reach.</param>
/// <param name="Target">The node that it shall run on; null where it stays stopped.</param>
public sealed record LeaveStorage(ResourceId Id, string Storage, NodeName? Target) : LogCommand;
