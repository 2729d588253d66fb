using Akka.Configuration;

namespace Akka.Remote;

/// <summary>The settings of a connection, once it stands.</summary>
public class AkkaProtocolSettings
{
    private const string TransportDetector = "akka.remote.transport-failure-detector";

    /// <summary>Reads the settings.</summary>
    /// <param name="config">The whole configuration of the actor system.</param>
    /// <exception cref="ConfigurationException">A value is out of its range.</exception>
    public AkkaProtocolSettings(Config config)
    {
        TransportFailureDetectorConfig = config.GetConfig(TransportDetector);
        TransportFailureDetectorImplementationClass = config.GetString($"{TransportDetector}.implementation-class");
        TransportHeartBeatInterval = config.GetTimeSpan($"{TransportDetector}.heartbeat-interval");
        HandshakeTimeout = config.GetTimeSpan("akka.remote.handshake-timeout");
        if (TransportHeartBeatInterval <= TimeSpan.Zero)
            throw new ConfigurationException($"{TransportDetector}.heartbeat-interval must be above 0.");
        if (HandshakeTimeout <= TimeSpan.Zero)
            throw new ConfigurationException("akka.remote.handshake-timeout must be above 0.");
    }

    /// <summary>The failure detector of a connection.</summary>
    public Config TransportFailureDetectorConfig { get; }

    /// <summary>The class of that failure detector.</summary>
    public string TransportFailureDetectorImplementationClass { get; }

    /// <summary>How often each side says that it is there.</summary>
    public TimeSpan TransportHeartBeatInterval { get; }

    /// <summary>How long the other side may take to introduce itself.</summary>
    public TimeSpan HandshakeTimeout { get; }
}
