namespace Akka.Persistence.Sql.Db;

/// <summary>Commits what waits in one transaction, so that many writers share one wait for the disk.</summary>
internal sealed class GroupCommit(SqlSession session)
{
    private bool _isCommitting;
    private Work? _running;

    public void Commit(IReadOnlyList<Work> batch)
    {
        if (batch.Count == 0) return;
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
            Fail(batch, session.Explain(e));
            return;
        }

        foreach (var work in batch) work.Complete();
    }

    private void CommitTogether(IReadOnlyList<Work> batch)
    {
        _isCommitting = false;
        _running = null;
        var connection = session.Connection;
        using var transaction = connection.BeginTransaction();
        foreach (var work in batch)
        {
            _running = work;
            work.Run(connection, transaction);
        }

        _running = null;
        session.BeforeCommit();
        _isCommitting = true;
        transaction.Commit();
        session.Served();
    }

    private void Fail(IReadOnlyList<Work> batch, StorageException failure)
    {
        if (failure is StorageConstraintException && _running is { } refused)
        {
            // Only this one is at fault; the others must not suffer for it.
            refused.Fail(failure);
            Commit([.. batch.Where(work => work != refused)]);
            return;
        }

        foreach (var work in batch) work.Fail(failure);
    }
}
