package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.berth.proof.PlatformTransport;

/** Networks, and whom a client counts as. FAULTS A2. */
class CidrTest {
    private static final int ROUNDS = 20_000;
    private static final long SEED = 7;

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/9, 10.128.0.0, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "0.0.0.0/0, 255.1.2.3, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 127.0.0.1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "::ffff:127.0.0.1, 127.0.0.1, true",
    })
    void containsWhatItsBitsSay(String network, String address, boolean inside) {
        assertThat(Cidr.of(network).contains(InetAddress.ofLiteral(address))).isEqualTo(inside);
    }

    @Test
    void containsWhatASlowReferenceContains() throws UnknownHostException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        int inside = 0;
        for (int i = 0; i < ROUNDS; i++) {
            int size = random.nextBoolean() ? 4 : 16;
            byte[] network = bytes(random, size);
            int bits = random.nextInt(size * 8 + 1);
            // Near the network: all its bits, but for a few flipped anywhere.
            byte[] address = random.nextInt(4) == 0 ? bytes(random, size) : near(random, network, bits);
            var cidr = new Cidr(InetAddress.getByAddress(masked(network, bits)), bits);

            boolean expected = value(address).shiftRight(size * 8 - bits).equals(value(network).shiftRight(size * 8 - bits));
            assertThat(cidr.contains(InetAddress.getByAddress(address)))
                    .as("%s contains %s", cidr, Arrays.toString(address)).isEqualTo(expected);
            inside += expected ? 1 : 0;
        }
        assertThat(inside).isBetween(ROUNDS / 5, ROUNDS * 4 / 5);
    }

    private static byte[] bytes(RandomGenerator random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] near(RandomGenerator random, byte[] network, int bits) {
        byte[] address = network.clone();
        for (int flips = random.nextInt(3); flips > 0; flips--) {
            int bit = Math.clamp(bits + random.nextInt(-9, 10), 0, network.length * 8 - 1);
            address[bit / 8] ^= (byte) (0x80 >> bit % 8);
        }
        return address;
    }

    private static byte[] masked(byte[] address, int bits) {
        int rest = address.length * 8 - bits;
        byte[] value = value(address).shiftRight(rest).shiftLeft(rest).toByteArray();
        byte[] masked = new byte[address.length];
        for (int i = 0; i < Math.min(value.length, masked.length); i++) {
            masked[masked.length - 1 - i] = value[value.length - 1 - i];
        }
        return masked;
    }

    private static BigInteger value(byte[] address) {
        return new BigInteger(1, address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10.1/16", "host", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/-1", "1.2.3.256", "fe80::1%eth0", "::g", "0x7f.0.0.1"})
    void whatIsNoNetworkIsNamed(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.of(text))
                .withMessage("'" + text + "' is not a network; write 10.0.0.0/8, fd00::/8 or one address");
    }

    @Test
    void anAddressInsideANetworkIsNotTakenForIt() {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.of("10.1.2.3/8"))
                .withMessage("10.1.2.3/8 is an address inside a network; write 10.0.0.0/8 for the network");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "fd00::/129", "::ffff:10.0.0.0/95"})
    void moreBitsThanAnAddressHasAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.of(text)).withMessageContaining("is no network: allowed are /0 to /");
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8, 10.0.0.0/8", "192.0.2.7, 192.0.2.7/32", "::ffff:10.0.0.0/104, 10.0.0.0/8"})
    void isWrittenAsItIsRead(String text, String written) {
        assertThat(Cidr.of(text)).hasToString(written).isEqualTo(Cidr.of(written));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::1, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "127.0.0.1, 127.0.0.2, false",
        // The same 64 bits, but another family.
        "1.2.3.4, 102:304::1, false",
    })
    void anIpv6ClientCountsAsItsSlash64AndAnIpv4ClientAsItsAddress(String one, String other, boolean same) {
        boolean equal = Source.of(InetAddress.ofLiteral(one)).equals(Source.of(InetAddress.ofLiteral(other)));

        assertThat(equal).isEqualTo(same);
    }

    @Test
    void aMappedAddressCountsAsTheIpv4AddressInIt() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
        var address = Inet6Address.getByAddress("mapped", mapped, 0);

        assertThat(address).isInstanceOf(Inet6Address.class);
        assertThat(Source.of(address)).isEqualTo(Source.of(InetAddress.ofLiteral("127.0.0.1")));
        assertThat(Cidr.of("127.0.0.0/8").contains(address)).isTrue();
    }

    @Test
    void aScopeDoesNotMatter() throws UnknownHostException {
        byte[] local = InetAddress.ofLiteral("fe80::1").getAddress();

        assertThat(Cidr.of("fe80::/10").contains(Inet6Address.getByAddress("local", local, 3))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.200, 24, true", "10.1.2.3, 10.1.3.3, 24, false", "10.1.2.3, 10.1.3.3, 23, true",
        "128.0.0.1, 1.0.0.1, 1, false", "10.1.2.3, 10.1.2.3, 32, true", "10.1.2.3, 10.1.2.2, 32, false",
    })
    void aSubnetIsTheLeadingBits(String one, String other, int bits, boolean same) {
        var subnet = Source.of(InetAddress.ofLiteral(one)).subnet(bits, 48);

        assertThat(subnet.equals(Source.of(InetAddress.ofLiteral(other)).subnet(bits, 48))).isEqualTo(same);
    }

    /** An address is made plain once, not for each network of a list that may be long. */
    @Test
    void aLookThroughALongListTakesLittleMemory() {
        int networks = 10_000;
        var list = new Cidr[networks];
        for (int i = 0; i < networks; i++) {
            list[i] = Cidr.of("10." + (i >> 8) + "." + (i & 0xff) + ".0/24");
        }
        var limits = Limits.DEFAULT.deny(list);
        var peer = InetAddress.ofLiteral("192.168.0.1");
        assertThat(limits.barred(peer)).isNull();
        long before = PlatformTransport.allocated(Thread.currentThread());

        assertThat(limits.barred(peer)).isNull();

        // The bytes of each network, which InetAddress copies, and little else.
        assertThat(PlatformTransport.allocated(Thread.currentThread()) - before).isLessThan(networks * 64L);
    }

    /** A map orders those whose hashes collide; without an order of theirs, who chooses such addresses makes it slow. */
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.2", "10.255.0.0, 11.0.0.0", "fd00:0:0:1::, fd00:0:0:2::", "10.0.0.1, fd00::", "10.0.0.1, ::",
    })
    void whomClientsCountAsHasAnOrder(String lower, String higher) {
        var low = Source.of(InetAddress.ofLiteral(lower));
        var high = Source.of(InetAddress.ofLiteral(higher));

        assertThat(low).isLessThan(high).isEqualByComparingTo(Source.of(InetAddress.ofLiteral(lower)));
        assertThat(high).isGreaterThan(low);
    }
}
