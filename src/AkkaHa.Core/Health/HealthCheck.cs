using System.Globalization;

namespace AkkaHa.Core.Health;

/// <summary>How a guest is asked whether it is well.</summary>
public enum HealthKind
{
    /// <summary>The QEMU guest agent is pinged.</summary>
    GuestAgent,

    /// <summary>A TCP connection is opened to <c>HOST:PORT</c>.</summary>
    Tcp,

    /// <summary>A URL is fetched; an answer below 400 is a good one.</summary>
    Http,

    /// <summary>A command that the node's configuration names is run; exit code 0 is a good answer.</summary>
    Command,
}

/// <summary>How a guest is looked after: how it is asked, and what is done when it does not answer.</summary>
/// <param name="Kind">How it is asked.</param>
/// <param name="Target">Where, or the command's name; empty for the guest agent.</param>
public sealed record HealthCheck(HealthKind Kind, string Target)
{
    /// <summary>From the end of one check to the next.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For one check; what takes longer has failed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a guest may fail after it was started or reset, until it has passed once: it boots.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Failed checks in a row that make a guest hung.</summary>
    public int Failures { get; init; } = 3;

    /// <summary>How often a hung guest is reset within <see cref="Window"/> before it is relocated instead.</summary>
    public int Resets { get; init; } = 2;

    /// <summary>The time in which resets are counted.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Why it cannot be made; null where it can.</summary>
    public string? Problem => Kind switch
    {
        HealthKind.GuestAgent when Target.Length > 0 => "the guest agent takes no target",
        HealthKind.Tcp when !IsEndpoint(Target) => $"'{Target}' is no HOST:PORT",
        HealthKind.Http when !Uri.TryCreate(Target, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") => $"'{Target}' is no http or https URL",
        HealthKind.Command when Target.Length == 0 => "it names no command of akkaha.health.commands",
        _ when Interval <= TimeSpan.Zero || Timeout <= TimeSpan.Zero || Window <= TimeSpan.Zero => "its interval, its timeout and its window must be above 0",
        _ when Grace < TimeSpan.Zero => "its grace period is negative",
        _ when Failures < 1 => "at least one failed check makes a guest hung",
        _ when Resets < 0 => "its resets count tries; expected 0 or more",
        _ => null,
    };

    /// <summary>How it is asked, as operators write it: <c>tcp:10.0.0.5:22</c>.</summary>
    public string Describe() => Kind switch
    {
        HealthKind.GuestAgent => "guest-agent",
        HealthKind.Tcp => $"tcp:{Target}",
        HealthKind.Http => Target,
        HealthKind.Command => $"command:{Target}",
        _ => throw new InvariantViolation($"the kind {Kind} of a health check is not known"),
    };

    private static bool IsEndpoint(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536;
    }
}
