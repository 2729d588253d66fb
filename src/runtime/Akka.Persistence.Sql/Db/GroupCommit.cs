namespace Akka.Persistence.Sql.Db;

/// <summary>Commits what waits in one transaction, so that many writers share one wait for the disk.</summary>
internal sealed class GroupCommit(SqlSession session)
{
    public void Commit(IReadOnlyList<Work> batch)
    {
        try
        {
            CommitTogether(batch);
        }
        catch (Exception e)
        {
            var failure = session.Explain(e);
            if (failure is StorageConstraintException && batch.Count > 1)
            {
                // One of them is at fault; the others must not suffer for it.
                foreach (var work in batch) Commit([work]);
                return;
            }

            foreach (var work in batch) work.Fail(failure);
            return;
        }

        foreach (var work in batch) work.Complete();
    }

    private void CommitTogether(IReadOnlyList<Work> batch)
    {
        var connection = session.Connection;
        using var transaction = connection.BeginTransaction();
        foreach (var work in batch) work.Run(connection, transaction);
        session.BeforeCommit();
        transaction.Commit();
    }
}
