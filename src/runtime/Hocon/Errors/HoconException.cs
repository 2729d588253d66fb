namespace Hocon;

/// <summary>A value is not what is asked for.</summary>
public class HoconException : Exception
{
    /// <summary>An error with a message.</summary>
    public HoconException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and what caused it.</summary>
    public HoconException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The value at a path is missing or of the wrong type. The message names the path and, where it is known, file, line and column.</summary>
public class HoconValueException : HoconException
{
    /// <summary>An error for a path.</summary>
    public HoconValueException(string message, string failPath, Exception? innerException)
        : base(message, innerException) => FailPath = failPath;

    /// <summary>The path that was asked for.</summary>
    public string FailPath { get; }
}
