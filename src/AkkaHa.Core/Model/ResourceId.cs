using System.Globalization;

namespace AkkaHa.Core.Model;

/// <summary>What kind of guest a resource is.</summary>
public enum ResourceKind
{
    /// <summary>A virtual machine, <c>vm:N</c>.</summary>
    Vm,

    /// <summary>A container, <c>ct:N</c>; it cannot migrate live.</summary>
    Ct,
}

/// <summary>The id of a highly available resource: a kind and a number, written <c>vm:100</c> or <c>ct:200</c>.</summary>
public readonly record struct ResourceId(ResourceKind Kind, int Number) : IComparable<ResourceId>
{
    /// <summary>Shorthand for a virtual machine's id.</summary>
    public static ResourceId Vm(int number) => new(ResourceKind.Vm, number);

    /// <summary>Reads an id as people write it.</summary>
    /// <exception cref="FormatException">The text is no resource id.</exception>
    public static ResourceId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is not a resource id: expected vm:N or ct:N with N from 1 to 999999999.");

    /// <summary>Reads an id; false if the text is none.</summary>
    public static bool TryParse(string? text, out ResourceId id)
    {
        id = default;
        if (text is null || text.Length < 4 || text[2] != ':' || text[3] is < '1' or > '9' || text.Length > 12)
            return false;
        ResourceKind kind;
        if (text.StartsWith("vm", StringComparison.Ordinal))
            kind = ResourceKind.Vm;
        else if (text.StartsWith("ct", StringComparison.Ordinal))
            kind = ResourceKind.Ct;
        else
            return false;
        if (!int.TryParse(text.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        id = new ResourceId(kind, number);
        return true;
    }

    /// <inheritdoc />
    public int CompareTo(ResourceId other)
    {
        // As their texts sort: ct before vm.
        // The comparison of enums allocates, and ids are compared more often than anything else.
        var byKind = ((int)other.Kind).CompareTo((int)Kind);
        return byKind != 0 ? byKind : Number.CompareTo(other.Number);
    }

    /// <inheritdoc />
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Kind == ResourceKind.Vm ? "vm" : "ct")}:{Number}");
}
