package dev.berth.cli.bench;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.args.Framings;
import dev.berth.cli.talking.Token;
import dev.berth.framing.Framing;

/**
 * What a run sends, to whom, and for how long.
 *
 * @param token what each connection says first; null for nothing
 * @param messageBytes the size of a message before it is framed
 */
public record Load(Endpoint server, @Nullable Token token, Framings framings, int messageBytes, Traffic traffic, Timing timing) {
    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    /**
     * A load that can be measured.
     *
     * @throws IllegalArgumentException naming the option, its value and what is allowed
     */
    public Load {
        if (messageBytes < 1 || messageBytes > MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException("--size is " + messageBytes + "; allowed are 1 to " + MAX_MESSAGE_BYTES + " bytes");
        }
        requireEndsInBytes(framings.in());
        requireEndsInBytes(framings.out());
        if (messageBytes > framings.in().maxFrameBytes() && !framings.isRawIn()) {
            throw new IllegalArgumentException("--size " + messageBytes + " is more than the largest message, "
                    + framings.in().maxFrameBytes() + " bytes; give a larger --max-frame");
        }
    }

    private static void requireEndsInBytes(Framing framing) {
        if (framing.silence().isPresent()) {
            throw new IllegalArgumentException("--frame " + framing.notation() + " can't be measured: silence ends its messages,"
                    + " so the wait for it would be the latency, and messages in a row would be one; take --frame raw");
        }
    }
}
