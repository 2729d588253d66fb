using System.Globalization;
using Akka.Configuration;

namespace Akka.Remote.Network.Tcp;

/// <summary>The settings of <c>akka.remote.dot-netty.tcp</c>.</summary>
internal sealed class TcpSettings
{
    /// <exception cref="ConfigurationException">A value is out of its range.</exception>
    public TcpSettings(Config config)
    {
        var hostname = config.GetString("hostname") ?? string.Empty;
        var publicHostname = config.GetString("public-hostname") ?? string.Empty;
        var bindHostname = config.GetString("bind-hostname") ?? string.Empty;
        BindHostname = FirstNonEmpty(bindHostname, hostname, "0.0.0.0");
        PublicHostname = FirstNonEmpty(publicHostname, hostname, System.Net.Dns.GetHostName());
        Port = Between(config, "port", 0, 65535);
        PublicPort = Between(config, "public-port", 0, 65535);
        UseIpv6 = config.GetBoolean("dns-use-ipv6");
        ConnectionTimeout = config.GetTimeSpan("connection-timeout");
        SendBufferBytes = Size(config, "send-buffer-size", 0);
        ReceiveBufferBytes = Size(config, "receive-buffer-size", 0);
        MaximumFrameBytes = Size(config, "maximum-frame-size", 32_000);
        Backlog = Between(config, "backlog", 1, 65535);
        NoDelay = config.GetBoolean("tcp-nodelay");
        KeepAlive = config.GetBoolean("tcp-keepalive");
        ReuseAddress = (config.GetString("tcp-reuse-addr") ?? "off-for-windows") switch
        {
            "off-for-windows" => !OperatingSystem.IsWindows(),
            "on" or "true" or "yes" => true,
            _ => false,
        };
        UserTimeout = config.GetTimeSpan("tcp-user-timeout");
        MaximumRetransmissionPause = config.GetTimeSpan("tcp-rto-max");
        MinimumRetransmissionPause = config.GetTimeSpan("tcp-rto-min");
        ThinLinearTimeouts = config.GetBoolean("tcp-thin-linear-timeouts");
        ReceivePoll = config.GetTimeSpan("receive-poll");
        SendQueueFrames = Between(config, "send-queue-size", 1, int.MaxValue);
        SendQueueBytes = Size(config, "send-queue-bytes", MaximumFrameBytes);
        EnableSsl = config.GetBoolean("enable-ssl");
        Ssl = config.GetConfig("ssl") ?? Config.Empty;
    }

    public string BindHostname { get; }

    public string PublicHostname { get; }

    public int Port { get; }

    public int PublicPort { get; }

    public bool UseIpv6 { get; }

    public TimeSpan ConnectionTimeout { get; }

    public int SendBufferBytes { get; }

    public int ReceiveBufferBytes { get; }

    public int MaximumFrameBytes { get; }

    public int Backlog { get; }

    public bool NoDelay { get; }

    public bool KeepAlive { get; }

    public bool ReuseAddress { get; }

    public TimeSpan UserTimeout { get; }

    public TimeSpan MaximumRetransmissionPause { get; }

    /// <summary>How long TCP waits for an acknowledgement at least before it sends again.</summary>
    public TimeSpan MinimumRetransmissionPause { get; }

    public bool ThinLinearTimeouts { get; }

    public TimeSpan ReceivePoll { get; }

    public int SendQueueFrames { get; }

    public int SendQueueBytes { get; }

    public bool EnableSsl { get; }

    public Config Ssl { get; }

    private static string FirstNonEmpty(params ReadOnlySpan<string> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (!string.IsNullOrWhiteSpace(candidate))
                return candidate;
        }

        return string.Empty;
    }

    private static int Between(Config config, string key, int low, int high)
    {
        var value = config.GetInt(key);
        if (value < low || value > high)
            throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture, $"akka.remote.dot-netty.tcp.{key} is {value}; it must be from {low} to {high}."));
        return value;
    }

    private static int Size(Config config, string key, int low)
    {
        var value = config.GetByteSize(key) ?? 0;
        if (value < low || value > int.MaxValue)
            throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture, $"akka.remote.dot-netty.tcp.{key} is {value} bytes; it must be from {low} to {int.MaxValue}."));
        return (int)value;
    }
}
