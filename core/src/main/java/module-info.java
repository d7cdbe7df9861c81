import org.jspecify.annotations.NullMarked;

/** The toolkit: server, client, connection, framing and transport. Needs the JDK alone. */
@NullMarked
module dev.berth.core {
    // Annotations for the compiler's null checks; nothing of it is needed when the program runs.
    requires static transitive org.jspecify;

    // How often the kernel asks a silent peer (TCP_KEEPIDLE and its kin).
    requires jdk.net;

    exports dev.berth.framing;
    exports dev.berth.transport;
    exports dev.berth.connection;
    exports dev.berth.server;
    exports dev.berth.client;
}
