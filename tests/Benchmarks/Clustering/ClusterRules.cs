namespace AkkaHa.Benchmarks.Clustering;

/// <summary>The rules under which clusters are measured. A member gets their name on its command line.</summary>
internal static class ClusterRules
{
    /// <summary>Everything as the runtime's defaults are, joined by seed nodes.</summary>
    public const string Defaults = "defaults";

    /// <summary>The same with stable-after = 5 s, as the published engine was measured.</summary>
    public const string StableAfterFive = "stable-after-5s";

    /// <summary>A whole AkkaHa node as it configures itself: its own bootstrap, resolver and CRM.</summary>
    public const string AkkaHa = "akkaha";
}
