package dev.berth.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.codec.string.StringEncoder;

/** A small protocol with Netty: the first message is a name, each later one is answered by it and a number. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel
final class NettyCounter extends ChannelInitializer<SocketChannel> {
    static Channel start(EventLoopGroup group, int port) throws InterruptedException {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new NettyCounter())
                .bind("127.0.0.1", port)
                .sync()
                .channel();
    }

    @Override
    protected void initChannel(SocketChannel client) {
        client.pipeline().addLast(
                new LengthFieldBasedFrameDecoder(65_537, 0, 2, 0, 2),
                new LengthFieldPrepender(2),
                new StringDecoder(UTF_8),
                new StringEncoder(UTF_8),
                new Conversation());
    }

    private static final class Conversation extends SimpleChannelInboundHandler<String> {
        private @Nullable String name;
        private int count;

        @Override
        protected void channelRead0(ChannelHandlerContext client, String message) {
            if (name == null) {
                name = message;
            } else {
                count++;
                client.writeAndFlush(name + " " + count);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext client, Throwable error) {
            client.close();
        }
    }
}
