package dev.berth.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;

import org.junit.jupiter.api.Test;

/** A framing whose two directions differ. */
class DuplexFramingTest {

    private final Framing framing = Framing.of(Framing.crlf(), Framing.stxetx());

    @Test
    void receivesOneWayAndSendsTheOther() throws FramingException {
        assertThat(Wire.framesByteByByte(framing, Wire.bytes("one\r\ntwo\r\n"))).containsExactly("one", "two");
        assertThat(Wire.sealed(framing, "one")).isEqualTo(Wire.bytes("\2one\3"));
    }

    @Test
    void eachDirectionKeepsItsMaximum() {
        Framing unequal = Framing.of(Framing.line().withMaxFrameBytes(3), Framing.line().withMaxFrameBytes(5));

        assertThat(unequal.maxFrameBytes()).isEqualTo(5);
        assertThat(Wire.bytesUntilRefused(unequal, Wire.bytes("12345678"))).isLessThan(8);
        assertThat(Wire.sealed(unequal, "12345")).hasSize(6);
    }

    @Test
    void anotherMaximumIsForBoth() {
        assertThat(framing.withMaxFrameBytes(7))
                .isEqualTo(Framing.of(Framing.crlf().withMaxFrameBytes(7), Framing.stxetx().withMaxFrameBytes(7)));
    }

    @Test
    void silenceIsThatOfTheReceivingSide() {
        Framing gap = Framing.gap(Duration.ofMillis(20));

        assertThat(Framing.of(gap, Framing.line()).silence()).isEqualTo(gap.silence());
        assertThat(Framing.of(Framing.line(), gap).silence()).isEmpty();
    }

    @Test
    void equalDirectionsAreThatFraming() {
        assertThat(Framing.of(Framing.line(), Framing.line())).isEqualTo(Framing.line());
        assertThat(framing.notation()).isEqualTo("crlf in, stxetx out");
    }

    @Test
    void itIsNoPartOfAnother() {
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.of(framing, Framing.line())).withMessageContaining("outermost");
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.of(Framing.line(), framing)).withMessageContaining("outermost");
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.magic(new byte[] {1}, framing)).withMessageContaining("outermost");
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.checked(framing, Crc.CRC32)).withMessageContaining("outermost");
    }
}
