namespace AkkaHa.Protocol.Lrm;

/// <summary>The CRM asks an LRM for a full report now.</summary>
public sealed record ReportRequest
{
    /// <summary>The one request.</summary>
    public static ReportRequest Instance { get; } = new();
}
