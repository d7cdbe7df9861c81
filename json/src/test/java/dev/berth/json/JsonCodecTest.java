package dev.berth.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.berth.framing.Codec;
import dev.berth.framing.FrameView;
import dev.berth.framing.FrameWriter;
import dev.berth.framing.Framing;
import dev.berth.framing.FramingException;
import dev.berth.json.unopened.Parcel;

final class JsonCodecTest {
    private static final JsonCodec<Meter> METERS = JsonCodec.of(Meter.class);
    private static final JsonCodec<Message> MESSAGES = JsonCodec.of(Message.class);
    private static final JsonCodec<Object> ANYTHING = JsonCodec.of(Object.class);

    @Nested
    final class Messages {

        @Test
        void recordIsAnObjectOfItsComponents() throws IOException {
            assertThat(encoded(METERS, new Meter("M-1", 42.5))).isEqualTo("{\"id\":\"M-1\",\"kwh\":42.5}");
            assertThat(decoded(METERS, " { \"kwh\" : 42.5, \"id\" : \"M-1\" } ")).isEqualTo(new Meter("M-1", 42.5));
        }

        @Test
        void sealedTypeSaysWhichOfItsSubtypesItIs() throws IOException {
            var alarm = new Message.Alarm("door", Message.Level.HIGH);

            assertThat(encoded(MESSAGES, alarm)).isEqualTo("{\"type\":\"Alarm\",\"text\":\"door\",\"level\":\"HIGH\"}");
            assertThat(decoded(MESSAGES, "{\"level\":\"HIGH\",\"text\":\"door\",\"type\":\"Alarm\"}")).isEqualTo(alarm);
        }

        @Test
        void everySubtypeComesBackAsItself() throws IOException {
            var messages = List.of(
                    new Message.Reading(7, List.of(1.5, -0.25), Instant.parse("2026-01-02T03:04:05.678Z")),
                    new Message.Alarm("a \"quoted\" \u20ac and \ud83d\ude00", Message.Level.LOW),
                    new Message.Taken(3),
                    new Message.Refused("not\nyours"));

            for (Message message : messages) {
                assertThat(decoded(MESSAGES, encoded(MESSAGES, message))).isEqualTo(message);
            }
        }

        @Test
        void anyJsonIsReadAsMapsListsAndValues() throws IOException {
            var read = decoded(ANYTHING, "{\"a\":[1,2.5,true,null,{\"b\":\"c\"}]}");

            assertThat(read).isEqualTo(Map.of("a", Arrays.asList(1, 2.5, true, null, Map.of("b", "c"))));
            assertThat(decoded(ANYTHING, encoded(ANYTHING, read))).isEqualTo(read);
        }

        @Test
        void aValueOnALineNeverHoldsALineEnd() {
            String ends = "a\nb\r\nc\u2028\u0000\u0085";

            String line = encoded(METERS, new Meter(ends, 1));

            assertThat(line).doesNotContain("\n", "\r", "\0");
            assertThat(encoded(ANYTHING, Map.of(ends, List.of(ends)))).doesNotContain("\n", "\r", "\0");
        }
    }

    @Nested
    final class Framings {

        @Test
        void linesAreTheDefault() {
            assertThat(METERS.framing()).isEqualTo(Framing.line());
        }

        @Test
        void anyOtherIsNamedOrGiven() {
            assertThat(JsonCodec.of(Meter.class, "len4be").framing()).isEqualTo(Framing.parse("len4be"));
            assertThat(JsonCodec.of(Meter.class, Framing.nul()).framing()).isEqualTo(Framing.nul());
        }

        @Test
        void maximumIsTheFramings() throws IOException {
            Codec<Meter> small = METERS.withMaxFrameBytes(100);

            assertThat(small.framing()).isEqualTo(Framing.line().withMaxFrameBytes(100));
            assertThat(decoded(small, "{\"id\":\"M\",\"kwh\":1}")).isEqualTo(new Meter("M", 1));
        }
    }

    @Nested
    final class Tolerance {

        @Test
        void fieldsThatTheTypeDoesNotHaveAreIgnored() throws IOException {
            assertThat(decoded(METERS, "{\"id\":\"M\",\"firmware\":{\"v\":[1,2]},\"kwh\":1}")).isEqualTo(new Meter("M", 1));
            assertThat(decoded(MESSAGES, "{\"type\":\"Taken\",\"by\":\"us\",\"channel\":2}")).isEqualTo(new Message.Taken(2));
        }

        @Test
        void missingTextIsNull() throws IOException {
            assertThat(decoded(METERS, "{\"kwh\":1}").id()).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"id\":\"M\"}", "{\"id\":\"M\",\"kwh\":null}"})
        void missingNumberIsAnError(String json) {
            assertThat(refused(METERS, json)).hasMessageStartingWith("JSON does not fit Meter: line 1, column ");
        }
    }

    @Nested
    final class Refusals {

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"id\":\"M\",\"kwh\":}         | frame is not JSON: line 1, column 17",
            "{\"id\":\"M\",                  | frame is not JSON: line 1, column 11",
            "secret                          | frame is not JSON: line 1, column 1",
            "{\"id\":\"M\",\"kwh\":1} {}     | JSON does not fit Meter: line 1, column 20",
            "{\"id\":\"M\",\"kwh\":\"secret\"} | JSON does not fit Meter: line 1, column 17",
            "[{\"id\":\"M\",\"kwh\":1}]      | JSON does not fit Meter: line 1, column 1",
            "null                            | frame is the JSON value null, not Meter",
        })
        void nameThePlaceAndShowNothingReceived(String json, String text) {
            var refusal = refused(METERS, json);

            assertThat(refusal).hasMessage(text).hasNoCause();
            assertThat(refusal.kind()).isEqualTo(FramingException.Kind.MALFORMED);
        }

        @Test
        void emptyFrameIsNoMessage() {
            assertThat(refused(METERS, "")).hasMessageContaining("line 1, column");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\377\376{\0}\0", "{\"id\":\"\300\200\"}", "{\"id\":\"\355\240\200\"}", "{\"id\":\"M\"}\303"})
        void onlyUtf8IsRead(String bytes) {
            var refusal = catchThrowableOfType(
                    FramingException.class, () -> METERS.decode(FrameView.of(bytes.getBytes(ISO_8859_1))));

            assertThat(refusal).hasMessageMatching("byte at position \\d+ of the JSON text is not UTF-8");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Runtime", "java.lang.Runtime", "Message", "Answer", "alarm", ""})
        void onlySubtypesOfTheSealedTypeCanBeNamed(String name) {
            assertThat(refused(MESSAGES, "{\"type\":\"" + name + "\"}")).hasMessageStartingWith("JSON does not fit Message: line 1");
            assertThat(refused(MESSAGES, "{\"channel\":1}")).hasMessageStartingWith("JSON does not fit Message: line 1");
        }

        @Test
        void aFractionIsNotCutToAWholeNumber() {
            assertThat(refused(MESSAGES, "{\"type\":\"Taken\",\"channel\":1.5}")).hasMessageStartingWith("JSON does not fit Message");
        }

        @Test
        void aRecordsConstructorCanRefuse() {
            assertThat(refused(JsonCodec.of(Positive.class), "{\"value\":-1}"))
                    .hasMessageStartingWith("JSON does not fit Positive: line 1")
                    .hasNoCause();
        }
    }

    @Nested
    final class Bounds {
        private static final String TOO_DEEP =
                "JSON is nested more than 100 deep, or has a number of more than 1000 characters: line 1, column ";

        @Test
        void nestingIsAllowedToAHundred() throws IOException {
            String allowed = "[".repeat(100) + "]".repeat(100);

            assertThat(encoded(ANYTHING, decoded(ANYTHING, allowed))).isEqualTo(allowed);
        }

        @ParameterizedTest
        @ValueSource(strings = {"[", "{\"a\":"})
        void deeperNestingIsRefusedWhereItIsTooDeep(String opening) {
            String ignored = "{\"ignored\":";

            assertThat(refused(ANYTHING, opening.repeat(101))).hasMessage(TOO_DEEP + (100 * opening.length() + 2));
            assertThat(refused(METERS, ignored + opening.repeat(5_000)))
                    .hasMessage(TOO_DEEP + (ignored.length() + 99 * opening.length() + 2));
        }

        @Test
        void nestingThatTheOtherSideWouldRefuseIsNotSent() {
            Object nested = 1;
            for (int depth = 0; depth <= 100; depth++) {
                nested = List.of(nested);
            }
            Object tooDeep = nested;

            assertThatIllegalArgumentException().isThrownBy(() -> encoded(ANYTHING, tooDeep)).withMessageContaining("nesting depth");
        }

        @Test
        void numbersHaveAThousandCharactersAtMost() throws IOException {
            assertThat(decoded(ANYTHING, "1".repeat(1_000)).toString()).hasSize(1_000);
            assertThat(refused(ANYTHING, "1".repeat(1_001))).hasMessageContaining("a number of more than 1000 characters");
        }
    }

    @Nested
    final class Types {

        @Test
        void oneInAPackageThatIsNotOpenIsRefusedAtOnce() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JsonCodec.of(Parcel.class))
                    .withMessageMatching("package dev.berth.json.unopened of module dev.berth.json is closed to Jackson: put "
                            + "\"opens dev.berth.json.unopened to tools.jackson.databind;\" into its module-info");
        }
    }

    /** A message that has an opinion. */
    record Positive(int value) {
        Positive {
            if (value < 0) {
                throw new IllegalArgumentException("secret " + value);
            }
        }
    }

    private static <T> String encoded(Codec<T> codec, T message) {
        var out = new FrameWriter();
        codec.encode(message, out);
        return new String(out.array(), out.offset(), out.length(), UTF_8);
    }

    private static <T> T decoded(Codec<T> codec, String json) throws IOException {
        return codec.decode(FrameView.of(json.getBytes(UTF_8)));
    }

    private static FramingException refused(Codec<?> codec, String json) {
        return catchThrowableOfType(FramingException.class, () -> decoded(codec, json));
    }
}
