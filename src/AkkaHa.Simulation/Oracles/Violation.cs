namespace AkkaHa.Simulation.Oracles;

/// <summary>A rule that was broken.</summary>
/// <param name="Rule">S1 to S6 or L1 (DESIGN §1).</param>
/// <param name="AtSeconds">When, in simulated seconds from the start.</param>
/// <param name="Text">What happened, as a sentence.</param>
public sealed record Violation(string Rule, double AtSeconds, string Text);
