using AkkaHa.Core.Model;

namespace AkkaHa.Protocol.Lrm;

/// <summary>The CRM gave this session up and believes only a later one: the LRM is to open one.</summary>
/// <param name="Session">The session that is over.</param>
public sealed record ReopenSession(Session Session);

/// <summary>It is committed that this session has left cleanly: its node may let go of its watchdog and end.</summary>
/// <param name="Session">The session.</param>
public sealed record LeaveAccepted(Session Session);
