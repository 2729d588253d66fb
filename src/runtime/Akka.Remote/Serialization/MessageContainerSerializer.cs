using Akka.Actor;
using Akka.Remote.Serialization.Proto;
using Akka.Serialization;
using Google.Protobuf;

namespace Akka.Remote.Serialization;

/// <summary>Messages to an actor selection, with the message they carry.</summary>
public class MessageContainerSerializer : Serializer
{
    private readonly ExtendedActorSystem _system;

    /// <summary>Makes the serializer of a system.</summary>
    public MessageContainerSerializer(ExtendedActorSystem system)
        : base(system) => _system = system;

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        if (obj is not ActorSelectionMessage selection)
            throw new ArgumentException($"{obj.GetType()} is no message of {nameof(MessageContainerSerializer)}.", nameof(obj));
        var data = new Selection { Message = NestedMessages.Write(_system, selection.Message), WildcardFanOut = selection.WildCardFanOut };
        foreach (var element in selection.Elements)
            data.Elements.Add(ToData(element));
        return data.ToByteArray();
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type? type)
    {
        var data = Selection.Parser.ParseFrom(bytes);
        return new ActorSelectionMessage(NestedMessages.Read(_system, data.Message), [.. data.Elements.Select(ToElement)], data.WildcardFanOut);
    }

    private static SelectionElement ToData(SelectionPathElement element) => element switch
    {
        SelectChildName name => new SelectionElement { Kind = SelectionElementKind.ChildName, Text = name.Name },
        SelectChildPattern pattern => new SelectionElement { Kind = SelectionElementKind.ChildPattern, Text = pattern.PatternStr },
        SelectChildRecursive => new SelectionElement { Kind = SelectionElementKind.ChildRecursive },
        SelectParent => new SelectionElement { Kind = SelectionElementKind.Parent },
        _ => throw new ArgumentException($"{element.GetType()} is no element of a selection that can be serialized.", nameof(element)),
    };

    private static SelectionPathElement ToElement(SelectionElement element) => element.Kind switch
    {
        SelectionElementKind.ChildName => new SelectChildName(element.Text),
        SelectionElementKind.ChildPattern => new SelectChildPattern(element.Text),
        SelectionElementKind.ChildRecursive => SelectChildRecursive.Instance,
        SelectionElementKind.Parent => SelectParent.Instance,
        _ => throw new UnknownMessageException($"The selection element kind {(int)element.Kind} is not known here."),
    };
}
