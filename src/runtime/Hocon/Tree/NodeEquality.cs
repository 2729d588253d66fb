namespace Hocon.Tree;

/// <summary>Whether values have the same content. The order of fields and the place in a text do not count; a number and its text in quotes differ.</summary>
internal static class NodeEquality
{
    public static bool AreEqual(Node? left, Node? right) => (left, right) switch
    {
        (null, null) => true,
        (ScalarNode a, ScalarNode b) => a.Text == b.Text && a.Type == b.Type,
        (ArrayNode a, ArrayNode b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(p => AreEqual(p.First, p.Second)),
        (ObjectNode a, ObjectNode b) => a.Fields.Count == b.Fields.Count
            && a.Fields.All(f => b.TryGet(f.Key, out var other) && AreEqual(f.Value, other)),
        _ => false,
    };

    public static int HashOf(Node? node) => node switch
    {
        ScalarNode scalar => HashCode.Combine(scalar.Text),
        ArrayNode array => array.Items.Aggregate(17, (hash, item) => HashCode.Combine(hash, HashOf(item))),
        ObjectNode obj => obj.Fields.Aggregate(19, (hash, field) => hash ^ HashCode.Combine(field.Key, HashOf(field.Value))),
        _ => 0,
    };
}
