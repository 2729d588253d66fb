namespace AkkaHa.Cli.Commands;

/// <summary>What the command's exit code means.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>It was tried and failed: a drill that did not pass, a node that does not answer.</summary>
    public const int Failed = 1;

    /// <summary>The input was wrong, and nothing was changed or started.</summary>
    public const int BadInput = 2;
}
