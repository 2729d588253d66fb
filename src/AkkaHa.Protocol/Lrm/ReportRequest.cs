namespace AkkaHa.Protocol.Lrm;

/// <summary>The CRM asks an LRM for a full report now.</summary>
/// <param name="AsOf">The newest log index that the CRM knows as committed; reports repeat the highest one that they were asked with.</param>
public sealed record ReportRequest(long AsOf);
