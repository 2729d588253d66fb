namespace Akka.Persistence.Sql.Db;

/// <summary>Commits what waits in one transaction, so that many writers share one wait for the disk.</summary>
internal sealed class GroupCommit(SqlSession session)
{
    private bool _isCommitting;

    public void Commit(IReadOnlyList<Work> batch)
    {
        try
        {
            CommitTogether(batch);
        }
        catch (Exception) when (session.IsHungUp && !_isCommitting)
        {
            // Nothing was committed yet, so all of it can be done again.
            session.Close();
            Commit(batch);
            return;
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
        _isCommitting = false;
        var connection = session.Connection;
        using var transaction = connection.BeginTransaction();
        foreach (var work in batch) work.Run(connection, transaction);
        session.BeforeCommit();
        _isCommitting = true;
        transaction.Commit();
        session.Served();
    }
}
