using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class ActorPathSpec
{
    private static readonly Address Remote = new("akka.tcp", "sys", "Host.Example", 2552);

    [Theory]
    [InlineData("akka://sys", "sys", null, null)]
    [InlineData("akka.tcp://sys@127.0.0.1:2552", "sys", "127.0.0.1", 2552)]
    [InlineData("akka.tcp://sys@[::1]:80", "sys", "[::1]", 80)]
    public void An_address_is_read_as_it_is_written(string text, string system, string? host, int? port)
    {
        var address = Address.Parse(text);
        Assert.Equal((system, host, port), (address.System, address.Host, address.Port));
        Assert.Equal(text, address.ToString());
        Assert.Equal(address, Address.Parse(address.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sys")]
    [InlineData("akka://")]
    [InlineData("://sys")]
    [InlineData("akka.tcp://sys@host")]
    [InlineData("akka.tcp://sys@host:port")]
    [InlineData("akka.tcp://sys@host:70000")]
    [InlineData("akka.tcp://sys@:1")]
    public void What_is_no_address_is_refused(string text)
    {
        Assert.False(Address.TryParse(text, out _));
        Assert.Throws<UriFormatException>(() => Address.Parse(text));
    }

    [Fact]
    public void Hosts_do_not_differ_by_case() => Assert.Equal(Remote, Remote.WithHost("HOST.example"));

    [Fact]
    public void Addresses_are_ordered_by_host_and_then_by_port()
    {
        Address a9 = Remote.WithHost("a").WithPort(9), a10 = Remote.WithHost("a").WithPort(10), b1 = Remote.WithHost("b").WithPort(1);
        Assert.Equal([a9, a10, b1], new[] { b1, a10, a9 }.Order(Address.Comparer));
    }

    [Fact]
    public void A_path_is_read_as_it_is_written()
    {
        const string text = "akka.tcp://sys@host.example:2552/user/a/b";
        var path = ActorPath.Parse(text + "#77");
        Assert.Equal(text, path.ToString());
        Assert.Equal(text + "#77", path.ToSerializationFormat());
        Assert.Equal(77, path.Uid);
        Assert.Equal(["user", "a", "b"], path.Elements);
        Assert.Equal("/user/a/b", path.ToStringWithoutAddress());
        Assert.Equal(Remote, path.Address);
        Assert.Equal(path, new RootActorPath(Remote) / "user" / "a" / "b");
    }

    [Fact]
    public void A_local_path_gets_the_address_that_others_know()
    {
        var local = ActorPath.Parse("akka://sys/user/a#5");
        Assert.Equal("akka.tcp://sys@host.example:2552/user/a#5", local.ToSerializationFormatWithAddress(Remote));
        Assert.Equal("akka.tcp://other@h:1/user/a", ActorPath.Parse("akka.tcp://other@h:1/user/a").ToSerializationFormatWithAddress(Remote));
    }

    [Theory]
    [InlineData("akka://sys/user/a#x")]
    [InlineData("akka://sys/user/a#1/b")]
    [InlineData("/user/a")]
    public void What_is_no_full_path_is_refused(string text) => Assert.False(ActorPath.TryParse(text, out _));

    [Fact]
    public void The_uid_tells_incarnations_apart_but_not_paths()
    {
        var path = new RootActorPath(Remote) / "user" / "a";
        Assert.Equal(path.WithUid(1), path.WithUid(2));
        Assert.Equal(path.WithUid(1).GetHashCode(), path.WithUid(2).GetHashCode());
        Assert.NotEqual(path, path / "b");
        Assert.NotEqual(path, new RootActorPath(Remote.WithPort(1)) / "user" / "a");
    }

    [Fact]
    public void Parents_are_found_by_depth()
    {
        var path = ActorPath.Parse("akka://sys/user/a/b/c");
        Assert.Equal("akka://sys/user/a", path.ParentOf(2).ToString());
        Assert.Equal("akka://sys/user/a/b", path.ParentOf(-1).ToString());
        Assert.Equal("akka://sys/", path.Root.ToString());
        Assert.Same(path.Root, path.Root.Parent);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a-b_c.d*e$f+g:h@i&j=k,l!m~n'o;p(q)", true)]
    [InlineData("%41", true)]
    [InlineData("%4", false)]
    [InlineData("%xy", false)]
    [InlineData("", false)]
    [InlineData("$a", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    [InlineData("ä", false)]
    [InlineData("a#1", false)]
    public void Names_are_made_of_the_characters_of_a_uri(string name, bool valid) => Assert.Equal(valid, ActorPath.IsValidPathElement(name));
}
