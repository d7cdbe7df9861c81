package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What becomes of a connect that needs nothing from others: eight kinds, each with what the client does and how the server counts it. */
enum Outcome {
    OK("closed.PEER_CLOSED") {
        @Override
        void act(Peer peer) throws IOException {
            echo(peer);
        }
    },
    RESET("closed.PEER_RESET") {
        @Override
        void act(Peer peer) throws IOException {
            echo(peer);
            peer.write(new byte[] {'h', 'a', 'l'});
            peer.reset();
        }
    },
    SILENT("closed.FIRST_BYTE_TIMEOUT") {
        @Override
        void act(Peer peer) throws IOException {
            peer.awaitEnd();
        }
    },
    BAD_FRAME("closed.BAD_FRAME") {
        @Override
        void act(Peer peer) throws IOException {
            peer.write(new byte[] {(byte) 0xff, '\n'}).awaitEnd();
        }
    },
    FRAME_TOO_LARGE("closed.FRAME_TOO_LARGE") {
        @Override
        void act(Peer peer) throws IOException {
            peer.write("x".repeat(2 * Churn.MAX_FRAME_BYTES).getBytes(StandardCharsets.US_ASCII)).awaitEnd();
        }
    },
    OVER_LIMIT("refused.PER_IP") {
        @Override
        void act(Peer peer) throws IOException {
            peer.awaitEnd();
        }
    },
    HANDLER_ERROR("closed.HANDLER_ERROR") {
        @Override
        void act(Peer peer) throws IOException {
            peer.send("throw UNCHECKED").awaitEnd();
        }
    },
    SLOW_CONSUMER("closed.WRITE_TIMEOUT") {
        @Override
        int receiveBuffer() {
            return 2_048;
        }

        @Override
        void act(Peer peer) throws IOException {
            peer.send("flood");
            peer.awaitReset();
        }
    };

    private final String counted;

    Outcome(String counted) {
        this.counted = counted;
    }

    /** The name under which the server's ledger counts it. */
    String counted() {
        return counted;
    }

    /** What the client does once it is connected, until it is over; throws if it is not as it should be. */
    abstract void act(Peer peer) throws IOException;

    /** What the client lets its kernel keep; 0 for as much as usual. */
    int receiveBuffer() {
        return 0;
    }

    private static void echo(Peer peer) throws IOException {
        var answer = peer.send("hello").line();
        if (!"hello".equals(answer)) {
            throw new IOException("said hello, was answered " + answer);
        }
    }
}
