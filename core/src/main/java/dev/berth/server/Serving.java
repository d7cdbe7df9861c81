package dev.berth.server;

/**
 * What the acceptor and every client's task work with; one per server.
 *
 * @param label how the server is called in thread names
 * @param settings what it was told
 * @param admission who gets a place
 * @param clients who is here
 * @param events who is told
 */
record Serving<T>(
        String label, ServerSettings<T> settings, Admission admission, Clients clients, FencedEvents events) {}
