namespace Akka.Cluster;

/// <summary>A message between the nodes of a cluster; all go through the cluster's own serializer.</summary>
public interface IClusterMessage
{
}
