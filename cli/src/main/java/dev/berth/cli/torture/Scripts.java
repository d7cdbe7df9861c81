package dev.berth.cli.torture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What the connections of each {@link Attack} do. */
final class Scripts {
    private static final int DRIBBLES = 50;
    private static final Duration SHORTEST_DRIBBLE = Duration.ofMillis(20);
    private static final Duration BETWEEN_VISITS = Duration.ofMillis(20);
    private static final int EMPTY_BYTES = 256 << 10;
    private static final int NO_END_BYTES = 4 << 20;
    private static final int BLOCK = 16 << 10;
    private static final int REQUESTS_BEHIND = 3;
    private static final byte LETTER = 'a';

    /** As a length of four bytes, either byte order, these are too many or less than none. */
    private static final List<byte[]> EVIL_LENGTHS = List.of(
            new byte[] {-1, -1, -1, -1, 1},
            new byte[] {127, -1, -1, -1, 1},
            new byte[] {-128, 0, 0, 0, 1},
            new byte[] {-1, -1, -1, 127, 1},
            new byte[] {0, 0, 0, -128, 1});

    /** An overlong slash, half a surrogate pair, the begin of three bytes, a stray second byte, bytes that never occur, NUL. */
    private static final List<byte[]> NO_UTF8 = List.of(
            new byte[] {(byte) 0xC0, (byte) 0xAF},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xE2, (byte) 0x82},
            new byte[] {(byte) 0x80},
            new byte[] {(byte) 0xFE, (byte) 0xFF},
            new byte[] {0});

    private Scripts() {}

    static void connectAndLeave(Attacker attacker) throws IOException {
        attacker.leave(false);
    }

    static void dribble(Attacker attacker) throws IOException, InterruptedException {
        Duration pause = attacker.duration().dividedBy(DRIBBLES);
        do {
            attacker.send(LETTER);
        } while (attacker.pause(pause.compareTo(SHORTEST_DRIBBLE) < 0 ? SHORTEST_DRIBBLE : pause));
    }

    static void request(Attacker attacker) throws IOException {
        attacker.send(attacker.speech().request());
    }

    static void requestAndHalfClose(Attacker attacker) throws IOException {
        request(attacker);
        attacker.halfClose();
    }

    static void resetAfterHalfClose(Attacker attacker) throws IOException, InterruptedException {
        requestAndHalfClose(attacker);
        attacker.pause(BETWEEN_VISITS);
        attacker.leave(true);
    }

    static void breakOff(Attacker attacker) throws IOException, InterruptedException {
        byte[] request = attacker.speech().request();
        attacker.send(Arrays.copyOf(request, Math.max(1, request.length / 2)));
        attacker.pause(BETWEEN_VISITS);
        attacker.leave(attacker.number() % 2 == 0);
    }

    static void askWithoutEnd(Attacker attacker) throws IOException {
        byte[] request = attacker.speech().request();
        byte[] many = repeated(request, Math.max(1, BLOCK / request.length));
        while (!attacker.isOver()) {
            attacker.send(many);
        }
    }

    static void evilLengths(Attacker attacker) throws IOException {
        attacker.send(EVIL_LENGTHS.get(attacker.number() % EVIL_LENGTHS.size()));
    }

    static void begin(Attacker attacker) throws IOException {
        attacker.send(attacker.speech().beginOfLarge());
    }

    static void emptyMessages(Attacker attacker) throws IOException {
        byte[] empty = attacker.speech().wire();
        // A framing without empty messages gets zeros, which are its shortest ones or its worst.
        byte[] one = empty.length == 0 ? new byte[1] : empty;
        byte[] many = repeated(one, BLOCK / one.length);
        for (int sent = 0; sent < EMPTY_BYTES && !attacker.isOver(); sent += many.length) {
            attacker.send(many);
        }
    }

    static void noEnd(Attacker attacker) throws IOException {
        byte[] letters = new byte[BLOCK];
        Arrays.fill(letters, LETTER);
        for (int sent = 0; sent < NO_END_BYTES && !attacker.isOver(); sent += letters.length) {
            attacker.send(letters);
        }
    }

    static void notUtf8(Attacker attacker) throws IOException {
        for (byte[] bytes : NO_UTF8) {
            attacker.send(attacker.speech().wire(bytes));
        }
    }

    /** In one write: no length can be this, no text these bytes, and what follows would be answered. */
    static void goOn(Attacker attacker) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(EVIL_LENGTHS.getFirst());
        all.writeBytes(attacker.speech().wire(NO_UTF8.getFirst()));
        all.writeBytes(repeated(attacker.speech().request(), REQUESTS_BEHIND));
        attacker.send(all.toByteArray());
    }

    private static byte[] repeated(byte[] bytes, int times) {
        byte[] many = new byte[bytes.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(bytes, 0, many, i * bytes.length, bytes.length);
        }
        return many;
    }
}
