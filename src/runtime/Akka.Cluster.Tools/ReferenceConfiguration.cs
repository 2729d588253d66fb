using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools;

/// <summary>The defaults of this assembly. Whichever part is used first puts them beneath the configuration of the system.</summary>
internal static class ReferenceConfiguration
{
    public static Config Of(string part) => ConfigurationFactory.FromResource($"Akka.Cluster.Tools.{part}.reference.conf", typeof(ReferenceConfiguration).Assembly);

    /// <summary>Puts the defaults of a part beneath the configuration of a system; twice is as good as once.</summary>
    /// <param name="system">The system.</param>
    /// <param name="part">The folder of the part.</param>
    /// <param name="serializer">Its serializer, which is known exactly when the defaults are there.</param>
    public static void Inject(ActorSystem system, string part, string serializer)
    {
        if (!system.Settings.Config.HasPath($"akka.actor.serializers.{serializer}"))
            system.Settings.InjectTopLevelFallback(Of(part));
    }
}
