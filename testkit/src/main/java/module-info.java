import org.jspecify.annotations.NullMarked;

/** Connections in memory for unit tests of handlers, and rigs that disturb real ones. */
@NullMarked
module dev.berth.testkit {
    requires transitive dev.berth.core;
    requires static transitive org.jspecify;

    exports dev.berth.testkit;
    exports dev.berth.testkit.chaos;
}
