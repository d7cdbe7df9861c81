package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.berth.cli.config.BadConfig;
import dev.berth.cli.config.Environment;
import dev.berth.cli.config.Setting;
import dev.berth.connection.Deadlines;
import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.server.Cidr;
import dev.berth.server.Profile;
import dev.berth.server.ServerBuilder;
import dev.berth.server.TcpServer;
import dev.berth.server.WhenFull;

import picocli.CommandLine.Model.OptionSpec;

/** Walks all settings: builder, option, variable and key are equal in name, default and meaning. */
final class SettingsParityTest {
    /** What a builder takes as an object, and the command in other ways: its handlers, its log, its trace. */
    private static final Set<String> OBJECTS = Set.of("handler", "events", "tap", "transport", "limits", "authenticate");
    /** What the command has and a builder does not: the codec's, what serves a client, and a short form. */
    private static final Set<String> COMMAND_ONLY = Set.of(
            "handler", "exec", "exec-at-once", "exec-linger", "to", "classpath", "frame", "frame-in", "frame-out", "max-frame", "single",
            "auth-tokens");

    /** For each setting of the builder a value that is no default, as it is typed and as it is given in Java. */
    private static final Map<String, Example> EXAMPLES = Map.ofEntries(
            Map.entry("bind", new Example("127.0.0.9", builder -> builder.bind("127.0.0.9", 8080))),
            Map.entry("port", new Example("5023", builder -> builder.port(5023))),
            Map.entry("name", new Example("meters", builder -> builder.name("meters"))),
            Map.entry("backlog", new Example("17", builder -> builder.backlog(17))),
            Map.entry("max-connections", new Example("18", builder -> builder.maxConnections(18))),
            Map.entry("max-queued", new Example("19", builder -> builder.maxQueued(19))),
            Map.entry("queue-timeout", new Example("20ms", builder -> builder.queueTimeout(Duration.ofMillis(20)))),
            Map.entry("when-full", new Example("refuse", builder -> builder.whenFull(WhenFull.REFUSE))),
            Map.entry("busy-notice", new Example("BUSY", builder -> builder.busyNotice("BUSY".getBytes(UTF_8)))),
            Map.entry("queue-notice", new Example("no {position}",
                    builder -> builder.queueNotice(position -> ("no " + position).getBytes(UTF_8)))),
            Map.entry("send-buffer-bytes", new Example("64KiB", builder -> builder.sendBufferBytes(64 << 10))),
            Map.entry("max-output-bytes", new Example("5MiB", builder -> builder.maxOutputBytes(5 << 20))),
            Map.entry("soft-output-bytes", new Example("2KiB", builder -> builder.softOutputBytes(2 << 10))),
            Map.entry("auth-timeout", new Example("3s", builder -> builder.authTimeout(Duration.ofSeconds(3)))),
            Map.entry("profile", new Example("public", builder -> builder.profile(Profile.PUBLIC))),
            Map.entry("first-byte-timeout", new Example("4s", builder -> builder.firstByteTimeout(Duration.ofSeconds(4)))),
            Map.entry("frame-timeout", new Example("5s", builder -> builder.frameTimeout(Duration.ofSeconds(5)))),
            Map.entry("idle-timeout", new Example("off", builder -> builder.idleTimeout(Deadlines.OFF))),
            Map.entry("write-timeout", new Example("7s", builder -> builder.writeTimeout(Duration.ofSeconds(7)))),
            Map.entry("dead-after", new Example("90s", builder -> builder.deadAfter(Duration.ofSeconds(90)))),
            Map.entry("max-age", new Example("2h", builder -> builder.maxAge(Duration.ofHours(2)))),
            Map.entry("heartbeat", new Example("30s PING  it", builder -> builder.heartbeat(Duration.ofSeconds(30), "PING  it".getBytes(UTF_8)))),
            Map.entry("soft-output-time", new Example("3s", builder -> builder.softOutputTime(Duration.ofSeconds(3)))),
            Map.entry("deny", new Example("10.0.0.0/8,fd00::/8", builder -> builder.deny(Cidr.of("10.0.0.0/8"), Cidr.of("fd00::/8")))),
            Map.entry("allow", new Example("10.0.0.7", builder -> builder.allow(Cidr.of("10.0.0.7/32")))),
            Map.entry("max-per-ip", new Example("21", builder -> builder.maxPerIp(21))),
            Map.entry("max-per-subnet", new Example("22", builder -> builder.maxPerSubnet(22))),
            Map.entry("subnet-bits", new Example("16,56", builder -> builder.subnetBits(16, 56))),
            Map.entry("max-connect-rate", new Example("23", builder -> builder.maxConnectRate(23))),
            Map.entry("max-frames-per-second", new Example("24", builder -> builder.maxFramesPerSecond(24))),
            Map.entry("max-bytes-per-second", new Example("25KiB", builder -> builder.maxBytesPerSecond(25 << 10))));

    private record Example(String typed, Consumer<ServerBuilder<byte[]>> given) {}

    @TempDir
    private Path folder;

    private static Stream<String> settingsOfTheBuilder() {
        return Arrays.stream(ServerBuilder.class.getMethods())
                .filter(method -> method.getReturnType() == ServerBuilder.class && !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .distinct()
                .filter(name -> !OBJECTS.contains(name))
                .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    }

    @Test
    void everySettingOfTheBuilderIsAnOptionAndTheOtherWayRound() {
        Set<String> options = new TreeSet<>(SettingReader.names(new ListenerOptions()));
        options.removeAll(COMMAND_ONLY);

        assertThat(options).isEqualTo(settingsOfTheBuilder().collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyOptionOfServeIsAKeyButThoseAboutTheFileItself() throws ReflectiveOperationException {
        List<String> keys = Stream.of(new ListenerOptions(), new CommonOptions()).flatMap(options -> SettingReader.names(options).stream()).toList();
        Console console = new Console(System.in, System.out, System.err, false);

        List<String> options = SettingReader.names(new Serve(console));

        assertThat(options).containsAll(keys);
        assertThat(options.stream().filter(option -> !keys.contains(option)))
                .containsExactlyInAnyOrder("config", "check-config", "print-config", "help", "version");
    }

    @Test
    void theGuideListsEverySettingWithItsDefault() throws IOException {
        String guide = Files.readString(Path.of("../docs/guide/configuration.md"));
        for (OptionSpec option : Stream.of(new ListenerOptions(), new CommonOptions()).flatMap(o -> SettingReader.options(o).stream()).toList()) {
            String name = SettingReader.name(option);
            String row = guide.lines().filter(line -> line.matches("\\| (`[a-z-]+` )*`" + name + "`.*")).findFirst().orElse("");
            assertThat(row).as("the guide's row for " + name).isNotEmpty();
            String usual = SettingReader.usual(option);
            if (usual != null) {
                assertThat(row).as(name).contains(" | " + usual);
            }
        }
    }

    @Test
    void noSettingIsASecretInTheOpen() {
        assertThat(Stream.of(new ListenerOptions(), new CommonOptions()).flatMap(options -> SettingReader.names(options).stream()))
                .noneMatch(name -> name.matches(".*(password|secret|token|key)"));
    }

    @Test
    void withoutAnyWordTheCommandsBuilderIsTheBuildersOwn() throws Exception {
        assertThat(fields(built(List.of(), Map.of()))).isEqualTo(fields(TcpServer.builder(Codec.bytes(Framing.line()))));
    }

    @ParameterizedTest
    @MethodSource("settingsOfTheBuilder")
    void optionVariableAndKeyMeanWhatTheBuilderMeans(String name) throws Exception {
        Example example = Objects.requireNonNull(EXAMPLES.get(name), "an example for " + name);
        ServerBuilder<byte[]> plain = TcpServer.builder(Codec.bytes(Framing.line()));
        ServerBuilder<byte[]> inJava = TcpServer.builder(Codec.bytes(Framing.line()));
        example.given().accept(inJava);
        String file = Files.writeString(folder.resolve("berth.yaml"), name + ": '" + example.typed() + "'\n").toString();
        String list = Files.writeString(folder.resolve("list.yaml"), "listeners:\n- " + name + ": '" + example.typed() + "'\n").toString();

        assertThat(fields(inJava)).isNotEqualTo(fields(plain));
        assertThat(fields(built(List.of(Setting.typed(name, example.typed())), Map.of()))).isEqualTo(fields(inJava));
        assertThat(fields(built(List.of(), Map.of(Environment.variable(name), example.typed())))).isEqualTo(fields(inJava));
        assertThat(fields(built(List.of(Setting.typed("config", file)), Map.of()))).isEqualTo(fields(inJava));
        assertThat(fields(built(List.of(Setting.typed("config", list)), Map.of()))).isEqualTo(fields(inJava));
    }

    @Test
    void aHeartbeatOfTheFileIsOffWhereALayerAboveSaysSo() throws Exception {
        Map<String, String> withoutAny = fields(TcpServer.builder(Codec.bytes(Framing.line())));
        Setting beats = Setting.typed("config", Files.writeString(folder.resolve("beats.yaml"), "heartbeat: 30s PING\n").toString());
        Setting list = Setting.typed("config", Files.writeString(folder.resolve("list.yaml"), """
                heartbeat: 30s PING
                listeners:
                - port: 8080
                  heartbeat: off
                - port: 8081
                """).toString());

        assertThat(fields(built(List.of(Setting.typed("heartbeat", "off")), Map.of()))).isEqualTo(withoutAny);
        assertThat(fields(built(List.of(beats), Map.of()))).isNotEqualTo(withoutAny);
        assertThat(fields(built(List.of(beats, Setting.typed("heartbeat", "off")), Map.of()))).isEqualTo(withoutAny);
        assertThat(fields(built(List.of(beats), Map.of("BERTH_HEARTBEAT", "off")))).isEqualTo(withoutAny);
        assertThat(fields(built(List.of(list), Map.of()))).isEqualTo(withoutAny);
        assertThat(Configuration.of(List.of(list), List.of(), Map.of()).listeners().getLast().settings().get("heartbeat"))
                .extracting(Setting::values).isEqualTo(List.of("30s PING"));
    }

    private static ServerBuilder<byte[]> built(List<Setting> typed, Map<String, String> variables) throws BadConfig, Failed, WrongUsage {
        return Configuration.of(typed, List.of(), variables).listeners().getFirst().options().settings();
    }

    /** All that a builder holds, as text; but for the codec, which has its own tests. */
    private static Map<String, String> fields(ServerBuilder<byte[]> builder) throws ReflectiveOperationException, IOException {
        Map<String, String> fields = new TreeMap<>();
        for (Field field : ServerBuilder.class.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getName().equals("codec")) {
                field.setAccessible(true);
                fields.put(field.getName(), text(field.get(builder)));
            }
        }
        return fields;
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> "none";
            case byte[] bytes -> new String(bytes, UTF_8);
            case IntFunction<?> notice -> text(notice.apply(7));
            default -> value.toString();
        };
    }
}
