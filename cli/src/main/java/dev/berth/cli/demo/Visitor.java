package dev.berth.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.demo.Step.Kind;

/** One of the two clients: a plain socket that sends its own lines and looks at what comes back. */
final class Visitor implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    /** An answer that takes longer on this machine is no answer. */
    private static final int PATIENCE_MILLIS = 700;

    private final Actor actor;
    private final Observations observations;
    private final Socket socket = new Socket();
    private @Nullable BufferedReader lines;
    private int sent;

    Visitor(Actor actor, Observations observations) {
        this.actor = actor;
        this.observations = observations;
    }

    void connect(InetSocketAddress from, InetSocketAddress server) throws IOException {
        socket.bind(from);
        observations.met(socket.getLocalPort(), actor);
        socket.connect(server, CONNECT_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        observations.saw(actor, Kind.CONNECTED, "is connected from "
                + socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort());
    }

    /** Sends a line of its own. */
    void send() throws IOException {
        String line = "hello " + ++sent + " from " + actor.text();
        socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
        observations.saw(actor, Kind.SENT, "sent '" + line + "'");
    }

    /** Waits for the answer to its last line, noting whatever comes instead. Returns whether it came. */
    boolean listen() throws IOException {
        String expected = "you said hello " + sent + " from " + actor.text();
        if (lines == null) {
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        }
        try {
            for (String line; (line = lines.readLine()) != null; ) {
                if (line.equals(expected)) {
                    observations.saw(actor, Kind.ANSWERED, "got its answer: '" + line + "'");
                    return true;
                }
                if (!line.endsWith(actor.text())) {
                    observations.saw(actor, Kind.FOREIGN, "got somebody else's answer: '" + line + "'");
                }
            }
            observations.saw(actor, Kind.SILENT, "was hung up on, without an answer");
        } catch (SocketTimeoutException nothing) {
            observations.saw(actor, Kind.SILENT, "is connected and got no answer within " + PATIENCE_MILLIS + " ms");
        }
        return false;
    }

    /** Leaves. */
    void leave() throws IOException {
        socket.close();
        observations.saw(actor, Kind.ENDED, "leaves");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
