import org.jspecify.annotations.NullMarked;

/** The toolkit: server, client, connection, framing and transport. Needs the JDK alone. */
@NullMarked
module dev.berth.core {
    // Annotations for the compiler's null checks; nothing of it is needed when the program runs.
    requires static org.jspecify;

    exports dev.berth.framing;
}
