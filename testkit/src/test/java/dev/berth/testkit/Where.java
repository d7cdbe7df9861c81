package dev.berth.testkit;

/** Where two connections meet: what one promises, the other holds too. */
enum Where {
    ON_SOCKETS,
    IN_MEMORY;

    Ends open() throws Exception {
        return switch (this) {
            case ON_SOCKETS -> new RealEnds();
            case IN_MEMORY -> new MemoryEnds();
        };
    }
}
