package dev.berth.acceptance.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What the clients of each {@link Kind} do. */
final class Scripts {
    static final Duration NEVER = Duration.ofDays(1);

    private static final Duration BETWEEN_BYTES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_SIPS = Duration.ofMillis(250);
    private static final Duration BETWEEN_BLOCKS = Duration.ofMillis(500);
    private static final Duration BEFORE_RESET = Duration.ofMillis(100);
    private static final int CALMS_TOGETHER = 5;
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(100);
    private static final int SIP_BYTES = 30;
    private static final int TINY_SIP_BYTES = 12;
    private static final int LENGTH_BYTES = 4;

    private static final byte[] REQUEST = "who is there?\n".getBytes(US_ASCII);
    private static final byte[] FLOOD = "flood\n".getBytes(US_ASCII);
    private static final byte[] MUCH = "much\n".getBytes(US_ASCII);
    private static final byte[] EMPTY_LINES = "\n".repeat(256).getBytes(US_ASCII);
    private static final byte[] BLOCK = "a".repeat(4 << 10).getBytes(US_ASCII);
    private static final byte[] FRAMED_REQUEST = {0, 0, 0, 1, '?'};

    /** 2^31-1, 2^32-1, 0xFFFFFF; less than nothing for who reads a signed number: -1 is 2^32-1, so also -2 and -2^31. */
    static final List<byte[]> EVIL_LENGTHS = List.of(
            new byte[] {127, -1, -1, -1},
            new byte[] {-1, -1, -1, -1},
            new byte[] {0, -1, -1, -1},
            new byte[] {-1, -1, -1, -2},
            new byte[] {-128, 0, 0, 0});

    /** An overlong slash, half a surrogate pair, the begin of three bytes, a stray second byte, bytes that never occur. */
    private static final List<byte[]> NO_UTF8 = List.of(
            new byte[] {(byte) 0xC0, (byte) 0xAF, '\n'},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80, '\n'},
            new byte[] {(byte) 0xE2, (byte) 0x82, '\n'},
            new byte[] {(byte) 0x80, '\n'},
            new byte[] {(byte) 0xFE, (byte) 0xFF, '\n'});

    private Scripts() {}

    static Duration leaveSoon(HostileClient client, int step) {
        if (step == 1) {
            client.leave(false);
        }
        return client.surroundings().calm();
    }

    static Duration dribble(HostileClient client, int step) throws IOException {
        client.send(BLOCK, 1);
        return BETWEEN_BYTES;
    }

    static Duration askOnce(HostileClient client, int step) throws IOException {
        if (step == 0) {
            client.send(REQUEST);
        } else {
            client.read(Integer.MAX_VALUE);
        }
        return BETWEEN_LOOKS;
    }

    static Duration halfClose(HostileClient client, int step) throws IOException {
        if (step == 0) {
            return client.surroundings().calm();
        }
        client.send(REQUEST);
        client.halfClose();
        return NEVER;
    }

    static Duration resetAfterHalfClose(HostileClient client, int step) throws IOException {
        return switch (step) {
            case 0 -> client.surroundings().calm();
            case 1 -> {
                client.send(REQUEST);
                client.halfClose();
                yield BEFORE_RESET;
            }
            default -> {
                client.leave(true);
                yield NEVER;
            }
        };
    }

    static Duration breakOff(HostileClient client, int step) throws IOException {
        if (step == 0) {
            client.send(REQUEST, REQUEST.length / 2);
        } else {
            client.leave(client.visits() % 2 == 0);
        }
        return client.surroundings().calm();
    }

    static Duration askForAFlood(HostileClient client, int step) throws IOException {
        client.send(FLOOD);
        return BETWEEN_BYTES;
    }

    static Duration trickle(HostileClient client, int step) throws IOException {
        if (step == 0) {
            client.send(FLOOD);
        } else {
            client.read(SIP_BYTES);
        }
        return BETWEEN_SIPS;
    }

    static Duration askForMuch(HostileClient client, int step) throws IOException {
        client.send(MUCH);
        return BETWEEN_QUESTIONS;
    }

    static Duration trickleAndAsk(HostileClient client, int step) throws IOException {
        client.send(MUCH);
        client.read(TINY_SIP_BYTES);
        return BETWEEN_QUESTIONS;
    }

    static Duration leaveTogether(HostileClient client, int step) {
        if (step == 1) {
            client.leave(false);
        }
        long together = client.surroundings().calm().toNanos() * CALMS_TOGETHER;
        return Duration.ofNanos(together - Math.floorMod(System.nanoTime(), together));
    }

    static Duration evilLength(HostileClient client, int step) throws IOException {
        if (step == 0) {
            return client.surroundings().calm();
        }
        client.send(EVIL_LENGTHS.get((client.number() + client.visits()) % EVIL_LENGTHS.size()));
        return NEVER;
    }

    static Duration announce(HostileClient client, int step) throws IOException {
        client.send(Arrays.copyOf(ByteBuffer.allocate(LENGTH_BYTES).putInt(client.surroundings().maxFrame()).array(), LENGTH_BYTES + 1));
        return NEVER;
    }

    static Duration hoard(HostileClient client, int step) throws IOException {
        client.send(Arrays.copyOf(ByteBuffer.allocate(LENGTH_BYTES).putInt(client.surroundings().maxFrame()).array(), LENGTH_BYTES + client.surroundings().maxFrame() - 1));
        return NEVER;
    }

    static Duration emptyLines(HostileClient client, int step) throws IOException {
        client.send(EMPTY_LINES);
        return BETWEEN_BYTES;
    }

    static Duration noEnd(HostileClient client, int step) throws IOException {
        client.send(BLOCK);
        return BETWEEN_BLOCKS;
    }

    static Duration notUtf8(HostileClient client, int step) throws IOException {
        if (step == 0) {
            return client.surroundings().calm();
        }
        client.send(NO_UTF8.get((client.number() + client.visits()) % NO_UTF8.size()));
        return NEVER;
    }

    static Duration goOn(HostileClient client, int step) throws IOException {
        if (step == 0) {
            return client.surroundings().calm();
        }
        var both = ByteBuffer.allocate(LENGTH_BYTES + FRAMED_REQUEST.length).put(EVIL_LENGTHS.getFirst()).put(FRAMED_REQUEST);
        client.send(both.array());
        return NEVER;
    }
}
