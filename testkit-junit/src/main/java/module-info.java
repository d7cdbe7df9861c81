import org.jspecify.annotations.NullMarked;

/** A running server, and clients of it, for JUnit tests. */
@NullMarked
module dev.berth.testkit.junit {
    requires transitive dev.berth.testkit;
    requires transitive org.junit.jupiter.api;
    requires static transitive org.jspecify;

    exports dev.berth.testkit.junit;
}
