namespace AkkaHa.Cli.Operator;

/// <summary>A node did not answer, or refused what it was asked.</summary>
internal sealed class OperatorException(string message) : Exception(message)
{
    /// <summary>Whether what was asked was wrong, and nothing was changed.</summary>
    public bool IsInputWrong { get; init; }
}
