import org.jspecify.annotations.NullMarked;

/** The toolkit: server, client, connection, framing and transport. Needs the JDK alone. */
@NullMarked
module dev.berth.core {
    // Annotations for the compiler's null checks; nothing of it is needed when the program runs.
    requires static transitive org.jspecify;
    // More carriers while handlers compute without end; where the module is not resolved they can only be told of.
    requires static jdk.management;

    // How often the kernel asks a silent peer (TCP_KEEPIDLE and its kin).
    requires jdk.net;

    exports dev.berth.framing;
    exports dev.berth.transport;
    exports dev.berth.connection;
    exports dev.berth.server;
    exports dev.berth.client;
}
