package dev.berth.cli.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a line of the log says of something thrown. */
final class OwnFrameTest {
    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("asked for its message");
        }
    }

    /** E1: without a text there would be no line, and the client's end would go unsaid. */
    @Test
    void anExceptionThatThrowsWhenItIsAskedForItsTextIsNamed() {
        assertThat(OwnFrame.describe(new Hostile()))
                .isEqualTo(Hostile.class.getName()
                        + ", which has no text: asked for it, it throws java.lang.IllegalStateException");
    }

    @Test
    void anExceptionWithACircleOfCausesIsNamed() {
        var first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));

        assertThat(OwnFrame.describe(first)).startsWith("java.lang.IllegalStateException: first");
    }
}
