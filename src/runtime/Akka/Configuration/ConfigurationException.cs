using System.Runtime.Serialization;

namespace Akka.Configuration;

/// <summary>A configuration cannot be read, or a value in it is missing or of the wrong type.</summary>
public class ConfigurationException : AkkaException
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

    /// <summary>An error that was serialized.</summary>
    protected ConfigurationException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }

    /// <summary>The error for a component that was given no configuration.</summary>
    /// <typeparam name="T">The component.</typeparam>
    /// <param name="path">Where its configuration was looked for.</param>
    public static ConfigurationException NullOrEmptyConfig<T>(string? path = null) =>
        new($"{typeof(T).FullName} has no configuration{(string.IsNullOrWhiteSpace(path) ? "" : $" at {path}")}. Is the reference.conf of its assembly loaded?");
}
