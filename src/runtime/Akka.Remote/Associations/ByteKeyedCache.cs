using System.Runtime.InteropServices;

namespace Akka.Remote.Associations;

/// <summary>
/// A small cache from bytes as they arrive to what was looked up for them. Each key has one slot, so that memory is
/// bounded and a hit costs one comparison; a collision only costs a look-up. For one thread at a time.
/// </summary>
internal sealed class ByteKeyedCache<T>(int slots)
    where T : class
{
    private readonly (byte[] Key, T Value)[] _slots = new (byte[], T)[slots];

    public T? Find(ReadOnlySpan<byte> key)
    {
        ref var slot = ref SlotOf(key);
        return slot.Key is not null && key.SequenceEqual(slot.Key) ? slot.Value : null;
    }

    public void Remember(ReadOnlySpan<byte> key, T value) => SlotOf(key) = (key.ToArray(), value);

    public void Forget(ReadOnlySpan<byte> key) => SlotOf(key) = default;

    private ref (byte[] Key, T Value) SlotOf(ReadOnlySpan<byte> key)
    {
        // The hash of strings is fast and keyed at random, so that a peer cannot choose colliding paths. It leaves an odd last byte out.
        var hash = (uint)string.GetHashCode(MemoryMarshal.Cast<byte, char>(key));
        if (!key.IsEmpty)
            hash = hash * 31 + key[^1];
        return ref _slots[hash % (uint)_slots.Length];
    }
}
