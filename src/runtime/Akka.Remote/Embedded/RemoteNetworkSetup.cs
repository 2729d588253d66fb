using Akka.Actor.Setup;

namespace Akka.Remote.Embedded;

/// <summary>Gives an actor system another network than TCP.</summary>
public sealed class RemoteNetworkSetup : Setup
{
    /// <summary>Makes the setup.</summary>
    public RemoteNetworkSetup(INetwork network) => Network = network;

    /// <summary>The network to use.</summary>
    public INetwork Network { get; }
}
