namespace AkkaHa.Node.Settings;

/// <summary>A configuration that cannot be used. The message is for the person who wrote it: file, place, and what was expected.</summary>
public sealed class SettingsException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public SettingsException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, and what made it known.</summary>
    public SettingsException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
