import org.jspecify.annotations.NullMarked;

/** A running server, and clients of it, for JUnit tests. */
@NullMarked
module dev.berth.testkit.junit {
    requires transitive dev.berth.testkit;
    requires transitive org.junit.jupiter.api;
    requires static transitive org.jspecify;
    // The thread dump, which is the only list of virtual threads there is.
    requires java.management;
    requires jdk.management;

    exports dev.berth.testkit.junit;
}
