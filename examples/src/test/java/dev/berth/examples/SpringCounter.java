package dev.berth.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.integration.ip.dsl.Tcp;
import org.springframework.integration.ip.tcp.connection.TcpConnectionCloseEvent;
import org.springframework.integration.ip.tcp.serializer.TcpCodecs;
import org.springframework.messaging.MessageHeaders;

/** A small protocol with Spring Integration: the first message is a name, each later one is answered by it and a number. */
@Configuration(proxyBeanMethods = false)
@EnableIntegration
class SpringCounter {
    private final Map<Object, Conversation> conversations = new ConcurrentHashMap<>();

    private record Conversation(String name, AtomicInteger count) {}

    @Bean
    IntegrationFlow counter() {
        var server = Tcp.netServer(Integer.getInteger("port", 8080))
                .localAddress("127.0.0.1")
                .deserializer(TcpCodecs.lengthHeader2())
                .serializer(TcpCodecs.lengthHeader2());
        return IntegrationFlow.from(Tcp.inboundGateway(server).replyTimeout(0))
                .handle(byte[].class, this::answer)
                .get();
    }

    private @Nullable Object answer(byte[] message, MessageHeaders headers) {
        Object client = headers.get(IpHeaders.CONNECTION_ID);
        Conversation conversation = conversations.get(client);
        if (conversation == null) {
            conversations.put(client, new Conversation(new String(message, UTF_8), new AtomicInteger()));
            return null;
        }
        return (conversation.name() + " " + conversation.count().incrementAndGet()).getBytes(UTF_8);
    }

    @EventListener
    void closed(TcpConnectionCloseEvent event) {
        conversations.remove(event.getConnectionId());
    }
}
