namespace AkkaHa.Benchmarks.Quick;

/// <summary>One measurement that can be asked for by its name.</summary>
/// <param name="Name">Its name; a name with a dot at its end asks for all that begin so.</param>
/// <param name="Unit">The unit of every sample.</param>
/// <param name="MoreIsBetter">Whether the greatest sample is the best one.</param>
/// <param name="Measure">Warms up, measures, and gives all samples.</param>
internal sealed record QuickFigure(string Name, string Unit, bool MoreIsBetter, Func<Task<IReadOnlyList<double>>> Measure);
