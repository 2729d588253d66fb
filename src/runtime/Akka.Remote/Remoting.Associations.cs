using Akka.Actor;
using Akka.Remote.Associations;

namespace Akka.Remote;

/// <content>Who is known, who is connected, and who is let in; all of it bounded.</content>
internal sealed partial class Remoting
{
    /// <summary>The association with an address, made when it is first asked for.</summary>
    public Association AssociationWith(Address remote)
    {
        if (_associations.TryGetValue(remote, out var known))
            return known;
        lock (_listsLock)
        {
            if (_associations.TryGetValue(remote, out known))
                return known;
            var association = new Association(this, remote);
            _associationList = _associationList.Add(association);
            _associations[remote] = association;
            return association;
        }
    }

    /// <summary>The association with a peer that calls itself so; null if there are too many.</summary>
    public Association? ReserveForInbound(Address remote, int uid)
    {
        while (_associations.Count < MaximumAssociations || _associations.ContainsKey(remote))
        {
            var association = AssociationWith(remote);
            if (association.TryReserve(uid))
                return association;
        }

        return null;
    }

    /// <summary>Opens a connection.</summary>
    public RemoteConnection Dial(Association association)
    {
        var connection = new RemoteConnection(this, association);
        Remember(connection);
        _network.Connect(association.Remote.Host!, association.Remote.Port ?? 0, connection);
        return connection;
    }

    /// <summary>A connection has ended.</summary>
    public void Forget(RemoteConnection connection)
    {
        lock (_listsLock)
        {
            var rest = _connections.Remove(connection);
            if (ReferenceEquals(rest, _connections))
                return;
            _connections = rest;
        }

        if (connection.IsInbound && !connection.IsEstablished)
            Interlocked.Decrement(ref _strangers);
        if (_shuttingDown && _connections.IsEmpty)
            Drained();
    }

    /// <summary>A stranger has introduced itself.</summary>
    public void NoLongerStranger() => Interlocked.Decrement(ref _strangers);

    private RemoteConnection? AcceptStranger()
    {
        if (_shuttingDown)
            return null;
        if (Interlocked.Increment(ref _strangers) > MaximumStrangers)
        {
            Interlocked.Decrement(ref _strangers);
            Counters.CountRefusedConnection();
            Hostile.Warning("strangers", $"Connections are refused: {MaximumStrangers} are open already that have not introduced themselves.");
            return null;
        }

        var connection = new RemoteConnection(this, null);
        Remember(connection);
        return connection;
    }

    private void Remember(RemoteConnection connection)
    {
        lock (_listsLock)
            _connections = _connections.Add(connection);
    }

    /// <summary>Forgets addresses under which nobody has ever answered. Whoever sends something can name any number of them.</summary>
    private void RetireUnanswered()
    {
        foreach (var association in _associationList)
        {
            if (!association.TryRetire())
                continue;
            lock (_listsLock)
            {
                _associationList = _associationList.Remove(association);
                _associations.TryRemove(new KeyValuePair<Address, Association>(association.Remote, association));
            }
        }
    }
}
