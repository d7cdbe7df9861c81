package dev.berth.framing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

class ByteScanTest {

    @Test
    void findsTheFirstOfEveryByteAtEveryPosition() {
        for (int wanted = 0; wanted < 256; wanted++) {
            // The neighbours by one are the values a careless carry confuses.
            for (int filler : new int[] {wanted ^ 1, wanted ^ 0x80, wanted + 1, wanted - 1, ~wanted}) {
                byte[] bytes = new byte[27];
                Arrays.fill(bytes, (byte) filler);
                assertThat(ByteScan.indexOf(bytes, 0, bytes.length, (byte) wanted)).isEqualTo(-1);
                for (int at = bytes.length - 1; at >= 0; at--) {
                    bytes[at] = (byte) wanted;
                    assertThat(ByteScan.indexOf(bytes, 0, bytes.length, (byte) wanted)).isEqualTo(at);
                }
            }
        }
    }

    @Test
    void staysInsideItsBounds() {
        byte[] bytes = Wire.bytes("x..........x");

        for (int from = 1; from <= 11; from++) {
            for (int to = 0; to <= 11; to++) {
                assertThat(ByteScan.indexOf(bytes, from, to, (byte) 'x')).isEqualTo(-1);
            }
        }
        assertThat(ByteScan.indexOf(bytes, 0, 0, (byte) 'x')).isEqualTo(-1);
        assertThat(ByteScan.indexOf(bytes, 11, 12, (byte) 'x')).isEqualTo(11);
    }
}
