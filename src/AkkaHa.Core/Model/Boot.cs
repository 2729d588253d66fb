namespace AkkaHa.Core.Model;

/// <summary>The id of one boot of a node's kernel (Linux: <c>/proc/sys/kernel/random/boot_id</c>; a lab machine has a file for it).</summary>
public readonly record struct BootId : IComparable<BootId>
{
    private readonly string? _value;

    /// <summary>Wraps the id; white space around it is cut.</summary>
    /// <exception cref="FormatException">The text is empty, longer than 64 characters or has control characters.</exception>
    public BootId(string value)
    {
        var text = value.Trim();
        if (text.Length is 0 or > 64 || text.Any(char.IsControl))
            throw new FormatException($"'{value}' is not a boot id: expected 1 to 64 printable characters.");
        _value = text;
    }

    /// <summary>The id as text; empty for the default value, which is no boot.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc />
    public int CompareTo(BootId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>
/// One kernel boot of one node: what VMs live as long as, and so what admission, denial, lease, fence and proof are about.
/// </summary>
public readonly record struct Boot(NodeName Node, BootId Id) : IComparable<Boot>
{
    /// <inheritdoc />
    public int CompareTo(Boot other)
    {
        var byNode = Node.CompareTo(other.Node);
        return byNode != 0 ? byNode : Id.CompareTo(other.Id);
    }

    /// <inheritdoc />
    public override string ToString() => $"{Node}/{(Id.Value.Length > 8 ? Id.Value[..8] : Id.Value)}";
}
