using AkkaHa.Core.Crm;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Moves;

/// <summary>What a committed migration asks of its two nodes.</summary>
internal static class MigrationOrders
{
    /// <summary>The orders of its phase, answered ones included.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="known">What the destination reports of it; null if nothing.</param>
    public static IEnumerable<Order> Of(ResourceRecord resource, GuestReport? known)
    {
        if (resource.Migration is not { } migration)
            throw new InvariantViolation($"{resource.Id} is migrating without a migration");
        var (id, token) = (resource.Id, resource.Token);
        switch (migration.Phase)
        {
            case MigrationPhase.Preparing:
                yield return new Order.Receive(migration.Target, resource.Definition, token);
                if (known is { State: GuestState.Incoming, Address: { } address } && known.Token >= token)
                    yield return new Order.Send(migration.Source, id, token, address);
                break;
            case MigrationPhase.HandingOver:
                yield return new Order.Complete(migration.Source, id, token);
                yield return new Order.Attest(migration.Target, id, token);
                break;
            case MigrationPhase.Arriving:
                // A third copy is possible only if a node reported one, or has not answered yet: that is settled first.
                if (resource.MayStartOn(migration.Target.Boot))
                    yield return new Order.Continue(migration.Target, resource.Definition, token);
                break;
            case MigrationPhase.Aborting:
                yield return new Order.Resume(migration.Source, id, token);
                yield return new Order.Stop(migration.Target, id, token);
                break;
            default:
                throw new InvariantViolation($"{id}: its migration is in the unknown phase {migration.Phase}");
        }
    }
}
