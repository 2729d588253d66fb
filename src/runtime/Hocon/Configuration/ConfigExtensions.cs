using System.Diagnostics.CodeAnalysis;

namespace Hocon;

/// <summary>What one can ask of a configuration that may be missing.</summary>
public static class ConfigExtensions
{
    /// <summary>Whether the configuration is null or has no values.</summary>
    public static bool IsNullOrEmpty([NotNullWhen(false)] this Config? config) => config is null || config.IsEmpty;

    /// <summary>The configuration over a fallback, where either may be null or empty.</summary>
    public static Config SafeWithFallback(this Config? config, Config? fallback) =>
        config.IsNullOrEmpty() ? fallback ?? Config.Empty : fallback.IsNullOrEmpty() ? config : config.WithFallback(fallback);
}
