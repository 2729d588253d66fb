using Akka.Actor;
using AkkaHa.Cluster.Leases;
using AkkaHa.Core.Model;

namespace AkkaHa.Cluster.Tests.Lrm;

/// <summary>Stands where the lease actor stands; grants unless the test says otherwise.</summary>
internal sealed class FakeLease : ReceiveActor
{
    public FakeLease(Func<FreshLeaseRequest, FreshLease?> round) => Receive<FreshLeaseRequest>(request =>
    {
        if (round(request) is { } answer)
            Sender.Tell(answer);
    });

    public FakeLease()
        : this(r => new FreshLease(r.Id, r.Token, Epoch.None, null))
    {
    }
}
