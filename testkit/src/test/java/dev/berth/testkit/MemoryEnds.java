package dev.berth.testkit;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.transport.Link;

/** Two connections joined in memory, as {@link TestConnection#pair} joins them. */
final class MemoryEnds implements Ends {
    private final Connection<String> near;
    private final Connection<String> far;
    private final MemoryLink farLink;

    MemoryEnds() {
        var links = MemoryLink.pair(1, 2, false);
        // The link's near end is the server's, which here is the far one.
        near = ConnectionPair.over(1, links.far(), Codec.lines());
        far = ConnectionPair.over(2, links.near(), Codec.lines());
        links.far().owner(Thread.currentThread());
        farLink = links.near();
    }

    @Override
    public Connection<String> near() {
        return near;
    }

    @Override
    public Connection<String> far() {
        return far;
    }

    @Override
    public Link farLink() {
        return farLink;
    }

    @Override
    public void close() {
        near.abort();
        far.abort();
    }
}
