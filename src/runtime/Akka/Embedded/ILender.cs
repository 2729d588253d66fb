namespace Akka.Embedded;

/// <summary>Something that runs on a thread of the thread pool and lets the actors it has woken run there before it goes on.</summary>
internal interface ILender
{
    /// <summary>An actor keeps the thread for long: go on at another one. Must not block.</summary>
    void GoOnElsewhere();
}
