namespace Akka.Remote.Embedded;

/// <summary>
/// The one place where remoting meets a network. The default is TCP, with TLS if configured; <see cref="RemoteNetworkSetup"/>
/// replaces it. An implementation calls a handler never twice at the same time, and never from within a call that
/// was made to it.
/// </summary>
public interface INetwork
{
    /// <summary>Listens. A port of 0 takes a free one.</summary>
    /// <param name="host">The name or address to bind.</param>
    /// <param name="port">The port to bind.</param>
    /// <param name="accept">Makes the handler of a connection that has come in; null refuses it.</param>
    /// <exception cref="RemoteTransportException">The address cannot be bound.</exception>
    INetworkListener Listen(string host, int port, Func<IConnectionHandler?> accept);

    /// <summary>Dials. The handler hears of success or failure later; never both.</summary>
    void Connect(string host, int port, IConnectionHandler handler);
}

/// <summary>A port that is listened on.</summary>
public interface INetworkListener
{
    /// <summary>The port that is bound.</summary>
    int Port { get; }

    /// <summary>Takes no more connections. Those that stand are not touched.</summary>
    void Close();
}

/// <summary>A connection that carries whole frames, in order, until it breaks.</summary>
public interface IConnection
{
    /// <summary>Who is at the other end, for the log.</summary>
    string Peer { get; }

    /// <summary>The bytes that wait to be written.</summary>
    int QueuedBytes { get; }

    /// <summary>The bytes of a frame that may be received from now on. It starts small, since a stranger may be on the line.</summary>
    void AllowFrameBytes(int maximum);

    /// <summary>Takes over a copy of the frame; it leaves with the next <see cref="Flush"/>. False if too much waits already, or the connection is closed.</summary>
    bool TrySend(ReadOnlySpan<byte> frame);

    /// <summary>Begins to write what waits. Does not block.</summary>
    void Flush();

    /// <summary>Writes what waits, for as long as the linger allows, and closes. The handler hears <see cref="IConnectionHandler.OnClosed"/>.</summary>
    void Close(TimeSpan linger);
}

/// <summary>What is told about a connection.</summary>
public interface IConnectionHandler
{
    /// <summary>The connection stands.</summary>
    void OnOpened(IConnection connection);

    /// <summary>A frame has arrived. Its bytes are valid during the call only. An exception closes the connection.</summary>
    void OnFrame(ReadOnlySpan<byte> frame);

    /// <summary>The frames that arrived together have all been handed over.</summary>
    void OnBatchEnd();

    /// <summary>The connection is closed, or was never made. Comes once and last.</summary>
    /// <param name="cause">Why; null if either side closed it in good order.</param>
    void OnClosed(Exception? cause);
}
