using Hocon.Tree;

namespace Hocon.Syntax;

/// <summary>A value as it was written, before substitutions are resolved and objects merged.</summary>
internal abstract record Expression(SourcePosition Position);

internal sealed record ScalarExpression(ScalarNode Scalar) : Expression(Scalar.Position);

/// <summary>White space between two parts of a concatenation; it counts only between simple values.</summary>
internal sealed record WhitespaceExpression(SourcePosition Position, string Text) : Expression(Position);

internal sealed record ArrayExpression(SourcePosition Position, IReadOnlyList<Expression> Items) : Expression(Position);

internal sealed record ObjectExpression(SourcePosition Position, IReadOnlyList<Assignment> Assignments) : Expression(Position);

internal sealed record ConcatenationExpression(SourcePosition Position, IReadOnlyList<Expression> Parts) : Expression(Position);

/// <summary>
/// <c>+=</c>: the list that the field had before, with one item more. <paramref name="Path"/> is that of the field; null in a list, whose items have none.
/// </summary>
internal sealed record AppendExpression(SourcePosition Position, Expression Item, IReadOnlyList<string>? Path) : Expression(Position);

/// <summary>
/// <c>${path}</c> or <c>${?path}</c>. In an included text the path is first looked up below the place of the include, then above it, so there may be several
/// <paramref name="Candidates"/>; the last is the path as written.
/// </summary>
internal sealed record ReferenceExpression(SourcePosition Position, IReadOnlyList<IReadOnlyList<string>> Candidates, bool IsOptional) : Expression(Position)
{
    public IReadOnlyList<string> Path => Candidates[^1];

    public override string ToString() => $"${{{(IsOptional ? "?" : "")}{PathExpression.Render(Path)}}}";
}

/// <summary>One field of an object literal. Fields with the same key stay separate: the later ones are merged over the earlier ones.</summary>
internal sealed record Assignment(string Key, Expression Value);
