package dev.berth.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Real protocols: frames as their public documentation prints them, typed in by hand. */
class DocumentedExamplesTest {

    /** Concox GT06: login, the server's answer, and what stands where in the frame. */
    @Test
    void gt06TrackerLogsIn() throws FramingException {
        byte[] login = hex("78 78 0D 01 01 23 45 67 89 01 23 45 00 01 8C DD 0D 0A");
        byte[] answer = hex("78 78 05 01 00 01 D9 DC 0D 0A");

        for (String framing : new String[] {"len1@2+2", "magic:7878,len1@2+2"}) {
            requireFrames(framing, login, answer);
            assertThat(Wire.sealed(Framing.parse(framing), text(answer))).isEqualTo(answer);
        }
        // The checksum covers length to serial number and stands before the stop bits: a handler's work.
        for (byte[] frame : new byte[][] {login, answer}) {
            int crcAt = frame.length - 4;
            int said = ((frame[crcAt] & 0xFF) << 8) | (frame[crcAt + 1] & 0xFF);
            assertThat(Crc.CRC16_X25.of(frame, 2, crcAt)).isEqualTo(said);
        }
    }

    /** Teltonika: first the IMEI, then codec 8 with one record (Teltonika wiki, "Codec"). */
    @Test
    void teltonikaTrackerLogsInAndSendsARecord() throws FramingException {
        byte[] imei = hex("000F 333536333037303432343431303133");
        byte[] record = hex("00000000 00000036 08 01 0000016B40D8EA30 01 00000000 00000000 0000 0000 00 0000"
                + "01 05 02 15 03 01 01 01 42 5E 0F 01 F1 0000601A 01 4E 0000000000000000 01 0000C7CF");

        assertThat(Wire.framesByteByByte(Framing.parse("len2be"), imei)).containsExactly("356307042441013");
        requireFrames("len4be@4+4", record);
        requireFrames("magic:00000000,len4be@4+4", record);
        assertThat(Crc.CRC16_ARC.of(record, 8, record.length - 4)).isEqualTo(0xC7CF);
    }

    /** Modbus TCP: read three holding registers of unit 17, and the answer. */
    @Test
    void modbusMasterReadsHoldingRegisters() throws FramingException {
        byte[] request = hex("0001 0000 0006 11 03 006B 0003");
        byte[] answer = hex("0001 0000 0009 11 03 06 AE41 5652 4340");

        requireFrames("modbus", request, answer);
    }

    /** Modbus RTU over TCP: the same with a checksum and silence instead of a header. */
    @Test
    void modbusRtuEndsWithSilenceAndChecksum() throws FramingException {
        byte[] request = hex("11 03 00 6B 00 03 76 87");
        FrameCursor cursor = new FrameCursor();
        cursor.over(request, 0, request.length);
        cursor.silence(true);

        assertThat(Framing.parse("gap:20ms~crc16-modbus").next(cursor)).isTrue();

        assertThat(cursor.end()).isEqualTo(request.length - 2);
        assertThat(Wire.sealed(Framing.parse("gap:20ms~crc16-modbus"), text(Arrays.copyOf(request, 6)))).isEqualTo(request);
    }

    /** HL7 v2 over MLLP: an admission, and its acknowledgement. */
    @Test
    void hl7SystemAdmitsAPatient() throws FramingException {
        String admission = "MSH|^~\\&|ADT1|MCM|LABADT|MCM|198808181126||ADT^A01|MSG00001|P|2.4\r"
                + "EVN|A01|198808181123\rPID|||PATID1234^5^M11||JONES^WILLIAM^A^III\r";
        String accepted = "MSH|^~\\&|LABADT|MCM|ADT1|MCM|198808181127||ACK^A01|MSG00002|P|2.4\rMSA|AA|MSG00001\r";

        SplitCheck.check(Framing.mllp(), Wire.bytes("\013" + admission + "\034\r\013" + accepted + "\034\r"),
                List.of(admission, accepted));
    }

    /** SCPI: who are you, a screen in a block with line ends in it, and an error text with a quoted hash. */
    @Test
    void scpiInstrumentAnswersWithABlock() throws FramingException {
        String identity = "KEYSIGHT TECHNOLOGIES,DSOX1204G,CN12345678,01.20.2019061038";
        String block = "#800000010\n\r\n\0\n#9\"\n\r";
        String error = "-113,\"Undefined header;#14\"";

        SplitCheck.check(Framing.scpi(), Wire.bytes("*IDN?\n" + identity + "\r\n" + block + "\n" + error + "\n"),
                List.of("*IDN?", identity, block, error));
    }

    /** NMEA 0183: a fix; the checksum is text, so it is the codec's. */
    @Test
    void nmeaReceiverReportsAFix() throws FramingException {
        String fix = "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47";

        for (String framing : new String[] {"line", "crlf", "magic:2447,crlf", "between:24/0d0a"}) {
            String delivered = framing.startsWith("between") ? fix.substring(1) : fix;
            SplitCheck.check(Framing.parse(framing), Wire.bytes(fix + "\r\n"), List.of(delivered));
        }
        int xor = fix.substring(1, fix.indexOf('*')).chars().reduce(0, (one, other) -> one ^ other);
        assertThat(HexFormat.of().withUpperCase().toHexDigits((byte) xor)).isEqualTo("47");
    }

    private static void requireFrames(String framing, byte[]... frames) throws FramingException {
        SplitCheck.check(Framing.parse(framing), Wire.joined(frames),
                Arrays.stream(frames).map(DocumentedExamplesTest::text).toList());
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
