using System.Runtime.Serialization;

namespace Hocon;

/// <summary>A configuration as a whole cannot be used.</summary>
public class ConfigurationException : Exception
{
    /// <summary>An error with a message.</summary>
    public ConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and what caused it.</summary>
    public ConfigurationException(string message, Exception? exception)
        : base(message, exception)
    {
    }

#pragma warning disable SYSLIB0051 // The published package has this constructor; nothing here serializes exceptions with a formatter.
    /// <summary>An error that was serialized.</summary>
    protected ConfigurationException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
#pragma warning restore SYSLIB0051

    /// <summary>The error for a component that was given no configuration.</summary>
    /// <typeparam name="T">The component.</typeparam>
    /// <param name="path">Where its configuration was looked for.</param>
    public static ConfigurationException NullOrEmptyConfig<T>(string? path = null) =>
        new($"{typeof(T).FullName} has no configuration{(string.IsNullOrWhiteSpace(path) ? "" : $" at {path}")}.");
}
