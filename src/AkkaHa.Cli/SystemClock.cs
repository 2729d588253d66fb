namespace AkkaHa.Cli;

/// <summary>The place where this program's time comes from.</summary>
internal static class SystemClock
{
#pragma warning disable RS0030 // the composition root of the command
    public static TimeProvider Instance => TimeProvider.System;
#pragma warning restore RS0030
}
