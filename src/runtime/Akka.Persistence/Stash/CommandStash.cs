using Akka.Actor;

namespace Akka.Persistence;

/// <summary>
/// The stash a persistent actor's own code uses. What it gives back goes to the front of the internal stash and not of the mailbox:
/// commands that arrived during a write wait there, and were sent later.
/// </summary>
internal sealed class CommandStash(IStash own, IStash inner) : IStash
{
    public int Count => own.Count;

    public bool IsEmpty => own.IsEmpty;

    public bool NonEmpty => own.NonEmpty;

    public bool IsFull => own.IsFull;

    public int Capacity => own.Capacity;

    public void Stash() => own.Stash();

    public IEnumerable<Envelope> ClearStash() => own.ClearStash();

    public void Prepend(IEnumerable<Envelope> envelopes) => own.Prepend(envelopes);

    public void Unstash()
    {
        var envelopes = own.ClearStash().ToList();
        if (envelopes.Count == 0) return;
        inner.Prepend(envelopes.Take(1));
        own.Prepend(envelopes.Skip(1));
    }

    public void UnstashAll() => inner.Prepend(own.ClearStash().ToList());

    public void UnstashAll(Func<Envelope, bool> predicate) => inner.Prepend(own.ClearStash().Where(predicate).ToList());
}
