package dev.berth.examples.echo;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.dsl.Tcp;
import org.springframework.integration.ip.tcp.connection.TcpConnectionServerListeningEvent;
import org.springframework.integration.ip.tcp.serializer.TcpCodecs;

/** Spring Integration. */
@Configuration(proxyBeanMethods = false)
@EnableIntegration
class SpringEcho {
    static void main(String[] args) {
        new AnnotationConfigApplicationContext(SpringEcho.class).registerShutdownHook();
    }

    @Bean
    IntegrationFlow echo() {
        var server = Tcp.netServer(Integer.getInteger("port", 8080))
                .localAddress("127.0.0.1")
                .deserializer(TcpCodecs.lf(64 * 1024))
                .serializer(TcpCodecs.lf());
        return IntegrationFlow.from(Tcp.inboundGateway(server))
                .handle((line, headers) -> line)
                .get();
    }

    @EventListener
    void listening(TcpConnectionServerListeningEvent event) {
        System.out.println("listening on 127.0.0.1:" + event.getPort());
    }
}
