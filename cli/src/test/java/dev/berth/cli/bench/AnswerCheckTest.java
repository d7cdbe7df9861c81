package dev.berth.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.args.Framings;
import dev.berth.framing.FrameView;
import dev.berth.framing.Framing;

/** Answers as they arrive, in pieces of any size. */
final class AnswerCheckTest {
    private static final int MESSAGES = 20;

    @ParameterizedTest
    @CsvSource({"line,line", "line,crlf", "crlf,crlf", "len2be,len2be", "slip,slip", "cobs,cobs", "raw,raw", "len2be~crc32,len2be~crc32"})
    void piecesOfEverySizeMakeTheSameAnswers(String in, String wire) throws IOException {
        Framings framings = new Framings(Framing.parse(in), Framing.parse(in));
        byte[] answers = stream(messages(Framing.parse(wire)));

        for (int size = 1; size <= answers.length; size++) {
            AnswerCheck check = new AnswerCheck(messages(framings.out()), framings);
            for (int at = 0; at < answers.length; at += size) {
                check.read(FrameView.of(answers, at, Math.min(answers.length, at + size)));
            }
            assertThat(check.whole()).as("in pieces of %d", size).isEqualTo(MESSAGES);
            assertThat(check.isInside()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"line", "raw", "len2be"})
    void oneWrongByteIsFoundWhereverItIs(String framing) throws IOException {
        Framings framings = new Framings(Framing.parse(framing), Framing.parse(framing));
        byte[] answers = stream(messages(framings.out()));
        int lastPayload = answers.length - 3;

        for (int at = framing.equals("len2be") ? 2 : 0; at < lastPayload; at += 9) {
            byte[] wrong = answers.clone();
            wrong[at] ^= 0x20;
            AnswerCheck check = new AnswerCheck(messages(framings.out()), framings);
            assertThatThrownBy(() -> check.read(FrameView.of(wrong))).as("at %d", at).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aPartOfAnAnswerIsKnownAsSuch() throws IOException {
        Framings framings = new Framings(Framing.line(), Framing.line());
        AnswerCheck check = new AnswerCheck(messages(Framing.line()), framings);

        check.read(FrameView.of(stream(messages(Framing.line())), 0, 4));

        assertThat(check.whole()).isZero();
        assertThat(check.isInside()).isTrue();
    }

    private static byte[] stream(Messages messages) throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        messages.send(0, MESSAGES, stream);
        return stream.toByteArray();
    }

    private static Messages messages(Framing framing) {
        Duration second = Duration.ofSeconds(1);
        return new Messages(new Load(
                new Endpoint("127.0.0.1", 1),
                null,
                new Framings(framing, framing),
                7,
                new Traffic(1, 1, OptionalInt.empty()),
                new Timing(second, second, second)));
    }
}
