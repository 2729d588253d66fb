using Hocon.Tree;

namespace Akka.Configuration.Hocon;

/// <summary>Reads a value as a type, and says where it stands when it is not of that type.</summary>
internal static class Reading
{
    public static T As<T>(Node? node, ValueKind<T> kind, string? path = null) =>
        kind.TryRead(node, out var value) ? value : throw new ConfigurationException(Mismatch.Describe(node, kind.Expected, path));

    /// <summary>The items of a list; none if there is no value.</summary>
    public static IReadOnlyList<Node> Items(Node? node, string? path = null) =>
        node is null or ScalarNode { IsNull: true } ? []
        : Conversions.AsList(node) ?? throw new ConfigurationException(Mismatch.Describe(node, Mismatch.ExpectedList, path));

    public static List<T> ListOf<T>(Node? node, ValueKind<T> kind, string? path = null) =>
        Items(node, path).Select(item => As(item, kind, path)).ToList();
}
