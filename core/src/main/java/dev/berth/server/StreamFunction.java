package dev.berth.server;

import java.io.InputStream;
import java.io.OutputStream;

/** Serves one client through a socket's streams, as code from before Berth does. */
@FunctionalInterface
public interface StreamFunction {

    /** Reads what the client sends and writes what it gets, until it is done. */
    void serve(InputStream in, OutputStream out) throws Exception;
}
