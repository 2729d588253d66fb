using Akka.Actor;

namespace Akka.Persistence;

/// <summary>A message between persistent actors, journals and snapshot stores. It stays within one process.</summary>
public interface IPersistenceMessage : INoSerializationVerificationNeeded;

/// <summary>A message to or from a journal.</summary>
public interface IJournalMessage : IPersistenceMessage;

/// <summary>What a journal is asked for.</summary>
public interface IJournalRequest : IJournalMessage;

/// <summary>What a journal answers.</summary>
public interface IJournalResponse : IJournalMessage;

/// <summary>A message to or from a snapshot store.</summary>
public interface ISnapshotMessage : IPersistenceMessage;

/// <summary>What a snapshot store is asked for.</summary>
public interface ISnapshotRequest : ISnapshotMessage;

/// <summary>What a snapshot store answers.</summary>
public interface ISnapshotResponse : ISnapshotMessage;
