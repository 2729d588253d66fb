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

    public bool IsInProgress => Current >= 0;

    public bool IsEvaluated { get; set; }

    public Value? Result { get; set; }
}

/// <summary>One assignment to a field: an expression of the text, or a field of an object that is merged in.</summary>
internal readonly record struct Layer(Expression? Expression, Cell? Link);
