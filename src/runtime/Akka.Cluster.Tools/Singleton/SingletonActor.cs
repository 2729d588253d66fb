using Akka.Actor;
using Akka.Util;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>A singleton as it is given to <see cref="ClusterSingleton.Init"/>. Immutable.</summary>
public class SingletonActor
{
    private SingletonActor(string name, Props props, Option<object> stopMessage, Option<ClusterSingletonSettings> settings)
    {
        Name = name;
        Props = props;
        StopMessage = stopMessage;
        Settings = settings;
    }

    /// <summary>Its name, unique among the singletons of a cluster.</summary>
    public string Name { get; }

    /// <summary>How it is made.</summary>
    public Props Props { get; }

    /// <summary>What tells it to stop; a <see cref="PoisonPill"/> if missing.</summary>
    public Option<object> StopMessage { get; }

    /// <summary>How its manager and proxy do their work; as configured if missing.</summary>
    public Option<ClusterSingletonSettings> Settings { get; }

    /// <summary>A singleton with the defaults.</summary>
    /// <param name="props">How it is made.</param>
    /// <param name="name">Its name, unique among the singletons of a cluster.</param>
    public static SingletonActor Create(Props props, string name) => new(name, props, Option<object>.None, Option<ClusterSingletonSettings>.None);

    /// <summary>The same singleton, made otherwise.</summary>
    /// <param name="props">How it is made.</param>
    public SingletonActor WithProps(Props props) => new(Name, props, StopMessage, Settings);

    /// <summary>The same singleton with another message that tells it to stop.</summary>
    /// <param name="stopMessage">The message.</param>
    public SingletonActor WithStopMessage(object stopMessage) => new(Name, Props, stopMessage, Settings);

    /// <summary>The same singleton with other settings.</summary>
    /// <param name="settings">The settings.</param>
    public SingletonActor WithSettings(ClusterSingletonSettings settings) => new(Name, Props, StopMessage, settings);
}
