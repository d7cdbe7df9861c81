import org.jspecify.annotations.NullMarked;

/** Connections in memory, for unit tests of handlers and clients. */
@NullMarked
module dev.berth.testkit {
    requires transitive dev.berth.core;
    requires static transitive org.jspecify;

    exports dev.berth.testkit;
}
