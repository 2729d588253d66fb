namespace Hocon.Tree;

/// <summary>The sentence for a value that is not of the type that is asked for.</summary>
internal static class Mismatch
{
    public const string ExpectedList = "a list";
    public const string ExpectedObject = "an object";

    public static string Describe(Node? node, string expected, string? path = null)
    {
        var found = node switch
        {
            null => "nothing",
            ScalarNode scalar => scalar.ToString(),
            ArrayNode => ExpectedList,
            _ => ExpectedObject,
        };
        var place = node is null || node.Position.IsNone ? "" : $"{node.Position}: ";
        return $"{place}{(path is null ? "" : $"{path}: ")}expected {expected}, found {found}.";
    }
}
