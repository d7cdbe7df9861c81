package dev.berth.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.berth.cli.args.Framings;
import dev.berth.framing.Codec;
import dev.berth.framing.FrameView;
import dev.berth.framing.FrameWriter;
import dev.berth.framing.Framing;

/** A session's file, written and read. */
final class SessionTest {
    private final AtomicLong nanos = new AtomicLong(5);

    @TempDir
    private Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("session"), text.replace("; ", "\n"));
    }

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void whatGoesThroughTheCodecIsWrittenWithItsTime() throws Exception {
        Path file = folder.resolve("session");
        try (SessionRecorder recorder = new SessionRecorder(file, new Framings(Framing.line(), Framing.stxetx()), nanos::get)) {
            Codec<byte[]> codec = recorder.codec();
            pass(3);
            codec.encode(bytes("Hi"), new FrameWriter());
            pass(9);
            codec.decode(FrameView.of(bytes("a#\n")));
            codec.decode(FrameView.of(bytes("")));
        }

        assertThat(Files.readAllLines(file)).endsWith(
                "frame-in line", "frame-out stxetx",
                "       3 > 48 69  # Hi", "      12 < 61 23 0a  # a#\\n", "      12 < \"\"");
        Session read = Session.read(file);
        assertThat(read.framings()).isEqualTo(new Framings(Framing.line(), Framing.stxetx()));
        assertThat(read.steps()).extracting(step -> step.at().toMillis()).containsExactly(3L, 12L, 12L);
        assertThat(read.steps()).extracting(Step::sent).containsExactly(true, false, false);
        assertThat(read.steps()).extracting(Step::message).containsExactly(bytes("Hi"), bytes("a#\n"), bytes(""));
    }

    @Test
    void aMaximumIsKept() throws Exception {
        Path file = folder.resolve("session");
        Framing framing = Framing.parse("len2be").withMaxFrameBytes(70);
        try (SessionRecorder recorder = new SessionRecorder(file, new Framings(framing, framing), nanos::get)) {
            recorder.codec().encode(bytes("Hi"), new FrameWriter());
        }

        assertThat(Session.read(file).framings()).isEqualTo(new Framings(framing, framing));
    }

    @Test
    void whatCantBeSentIsNotRecorded() throws Exception {
        Path file = folder.resolve("session");
        Framing framing = Framing.fixed(3);
        try (SessionRecorder recorder = new SessionRecorder(file, new Framings(framing, framing), nanos::get)) {
            assertThatIllegalArgumentException().isThrownBy(() -> recorder.codec().encode(bytes("long"), new FrameWriter()));
        }

        assertThat(file).doesNotExist();
    }

    @Test
    void anOlderRecordingStaysUntilThereIsAMessage() throws Exception {
        Path file = file("0 > 48");
        try (SessionRecorder recorder = new SessionRecorder(file, new Framings(Framing.line(), Framing.line()), nanos::get)) {
            assertThat(file).hasContent("0 > 48");
            recorder.codec().encode(bytes("Hi"), new FrameWriter());
            assertThat(Files.readAllLines(file)).endsWith("frame line", "       0 > 48 69  # Hi");
        }
    }

    @Test
    void aPersonsFileNeedsNoSettings() throws Exception {
        Session session = Session.read(file("# mine; ; 0 > \"Hi\"; 5<4869 # answer"));

        assertThat(session.framings()).isEqualTo(new Framings(Framing.line(), Framing.line()));
        assertThat(session.steps()).extracting(Step::line).containsExactly(3, 4);
        assertThat(session.steps()).extracting(Step::message).containsExactly(bytes("Hi"), bytes("Hi"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "0 > 48; hello| line 2: neither a message, MILLIS > BYTES or MILLIS < BYTES, nor frame, frame-in, frame-out or max-frame",
        "0 > 48; 1 < 4g| line 2: 'g' at position 6 is no hex digit",
        "0 > 48; 1 <| line 2: no bytes; a message without bytes is \"\"",
        "5 > 48; 4 < 48| line 2: 4 ms is before the message above, 5 ms",
        "frame lines; 0 > 48| line 1: unknown framing 'lines'; did you mean line?",
        "frame fixed:2; 0 < 48; 0 > 48| line 3: payload of 1 bytes in fixed:2",
        "frame cr; frame cr| line 2: frame is there twice",
        "0 > 48; frame cr| line 2: frame stands behind messages",
        "max-frame x; 0 > 48| line 1: max-frame 'x' is not a number of bytes",
        "# nothing| holds no message",
    })
    void aBadFileIsNamedWithItsLine(String text, String message) throws IOException {
        Path file = file(text);

        assertThatExceptionOfType(BadSession.class).isThrownBy(() -> Session.read(file)).withMessageStartingWith(file + " " + message);
    }

    @Test
    void aFileThatIsNotThereOrNoText() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0});

        assertThatExceptionOfType(BadSession.class).isThrownBy(() -> Session.read(folder.resolve("none")))
                .withMessageStartingWith("there is no file ");
        assertThatExceptionOfType(BadSession.class).isThrownBy(() -> Session.read(binary)).withMessageContaining("not text");
        assertThatExceptionOfType(BadSession.class).isThrownBy(() -> Session.read(folder)).withMessageStartingWith("can't read ");
    }
}
