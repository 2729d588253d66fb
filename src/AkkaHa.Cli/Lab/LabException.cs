namespace AkkaHa.Cli.Lab;

/// <summary>The lab cannot do what was asked: the message names the machine, VM or device and what to do.</summary>
internal sealed class LabException(string message) : Exception(message);
