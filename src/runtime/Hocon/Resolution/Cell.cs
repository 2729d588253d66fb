using Hocon.Syntax;

namespace Hocon.Resolution;

/// <summary>
/// A field of the document with everything that was assigned to it, the latest last. A substitution that leads back to a field under evaluation
/// sees only the layers below the one that is being evaluated; that is how <c>path = ${path}":/bin"</c> works.
/// </summary>
internal sealed class Cell(string name, params List<Layer> layers)
{
    public string Name { get; } = name;

    public List<Layer> Layers { get; } = layers;

    /// <summary>The index of the layer being evaluated, or -1.</summary>
    public int Current { get; set; } = -1;

    /// <summary>How many fields were under evaluation when the evaluation of this one began.</summary>
    public int Depth { get; set; }

    public bool IsInProgress => Current >= 0;

    public bool IsEvaluated { get; set; }

    public Value? Result { get; set; }
}

/// <summary>
/// One assignment to a field: an expression of the text, or a field of an object that is merged in. One of an object that was looked back at
/// sees nothing below this layer but what that object has.
/// </summary>
internal readonly record struct Layer(Expression? Expression, Cell? Link, bool IsLookedBack = false)
{
    /// <summary>Whether it shows without evaluation that this is no object.</summary>
    public bool IsNoObject => Expression is not null && IsPlain(Expression);

    private static bool IsPlain(Expression expression) => expression switch
    {
        ScalarExpression or ArrayExpression or AppendExpression => true,
        ConcatenationExpression concatenation => concatenation.Parts.Any(IsPlain),
        _ => false,
    };
}
