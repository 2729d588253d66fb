namespace Akka.Persistence.Sql.Db;

/// <summary>A database did not do what it was asked. The message names it, says why, and what can be done.</summary>
internal class StorageException(string message, Exception? cause) : Exception(message, cause);

/// <summary>A write is refused because of what it is, as a sequence number that is taken; others in its batch are not concerned.</summary>
internal sealed class StorageConstraintException(string message, Exception? cause) : StorageException(message, cause);
