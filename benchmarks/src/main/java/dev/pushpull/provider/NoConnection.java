package dev.pushpull.provider;

import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.HttpUpgradeListener;
import io.undertow.server.SSLSessionInfo;
import io.undertow.server.ServerConnection;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.xnio.ChannelListener;
import org.xnio.Option;
import org.xnio.OptionMap;
import org.xnio.Pool;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.ConnectedChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.WriteReadyHandler;

/** What an exchange belongs to that came over no socket: closed, so that an answer ends with its handler. */
@SuppressWarnings("deprecation") // the pool that Undertow's own connections still have to offer
final class NoConnection extends ServerConnection {
    private static final int BUFFER_BYTES = 16 * 1024 - 20;

    private final ByteBufferPool buffers = new DefaultByteBufferPool(true, BUFFER_BYTES, -1, 4);

    private static UnsupportedOperationException none() {
        return new UnsupportedOperationException("there is no connection");
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public void close() {
        // it is
    }

    @Override
    public void terminateRequestChannel(HttpServerExchange exchange) {
        // there is none
    }

    @Override
    protected void exchangeComplete(HttpServerExchange exchange) {
        // nothing follows
    }

    @Override
    protected void maxEntitySizeUpdated(HttpServerExchange exchange) {
        // nothing is read
    }

    @Override
    public OptionMap getUndertowOptions() {
        return OptionMap.EMPTY;
    }

    @Override
    public boolean isContinueResponseSupported() {
        return false;
    }

    @Override
    protected boolean isUpgradeSupported() {
        return false;
    }

    @Override
    protected boolean isConnectSupported() {
        return false;
    }

    @Override
    public boolean isRequestTrailerFieldsSupported() {
        return false;
    }

    @Override
    public boolean supportsOption(Option<?> option) {
        return false;
    }

    @Override
    public <T> T getOption(Option<T> option) {
        throw none();
    }

    @Override
    public <T> T setOption(Option<T> option, T value) {
        throw none();
    }

    @Override
    public Pool<ByteBuffer> getBufferPool() {
        throw none();
    }

    @Override
    public ByteBufferPool getByteBufferPool() {
        return buffers;
    }

    @Override
    public int getBufferSize() {
        throw none();
    }

    @Override
    public XnioWorker getWorker() {
        throw none();
    }

    @Override
    public XnioIoThread getIoThread() {
        throw none();
    }

    @Override
    public HttpServerExchange sendOutOfBandResponse(HttpServerExchange exchange) {
        throw none();
    }

    @Override
    public SocketAddress getPeerAddress() {
        throw none();
    }

    @Override
    public <A extends SocketAddress> A getPeerAddress(Class<A> type) {
        throw none();
    }

    @Override
    public SocketAddress getLocalAddress() {
        throw none();
    }

    @Override
    public <A extends SocketAddress> A getLocalAddress(Class<A> type) {
        throw none();
    }

    @Override
    public SSLSessionInfo getSslSessionInfo() {
        throw none();
    }

    @Override
    public void setSslSessionInfo(SSLSessionInfo session) {
        throw none();
    }

    @Override
    public void addCloseListener(CloseListener listener) {
        throw none();
    }

    @Override
    public ChannelListener.Setter<? extends ConnectedChannel> getCloseSetter() {
        throw none();
    }

    @Override
    protected StreamConnection upgradeChannel() {
        throw none();
    }

    @Override
    protected ConduitStreamSinkChannel getSinkChannel() {
        return new ConduitStreamSinkChannel(null, new Nowhere());
    }

    @Override
    protected ConduitStreamSourceChannel getSourceChannel() {
        throw none();
    }

    @Override
    protected StreamSinkConduit getSinkConduit(HttpServerExchange exchange, StreamSinkConduit conduit) {
        return conduit;
    }

    @Override
    protected void setUpgradeListener(HttpUpgradeListener listener) {
        throw none();
    }

    @Override
    protected void setConnectListener(HttpUpgradeListener listener) {
        throw none();
    }

    @Override
    public String getTransportProtocol() {
        return "none";
    }

    /** Takes all there is to be written. */
    private static final class Nowhere implements StreamSinkConduit {
        private boolean shutDown;

        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            source.position(source.limit());
            return count;
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            long count = 0;
            for (int i = offset; i < offset + length; i++) {
                count += write(sources[i]);
            }
            return count;
        }

        @Override
        public int writeFinal(ByteBuffer source) {
            return write(source);
        }

        @Override
        public long writeFinal(ByteBuffer[] sources, int offset, int length) {
            return write(sources, offset, length);
        }

        @Override
        public long transferFrom(FileChannel source, long position, long count) {
            throw none();
        }

        @Override
        public long transferFrom(StreamSourceChannel source, long count, ByteBuffer through) {
            throw none();
        }

        @Override
        public boolean flush() {
            return true;
        }

        @Override
        public void terminateWrites() {
            shutDown = true;
        }

        @Override
        public void truncateWrites() {
            shutDown = true;
        }

        @Override
        public boolean isWriteShutdown() {
            return shutDown;
        }

        @Override
        public void resumeWrites() {
            // nothing is left
        }

        @Override
        public void suspendWrites() {
            // nothing is left
        }

        @Override
        public void wakeupWrites() {
            // nothing is left
        }

        @Override
        public boolean isWriteResumed() {
            return false;
        }

        @Override
        public void awaitWritable() {
            // it is
        }

        @Override
        public void awaitWritable(long time, TimeUnit unit) {
            // it is
        }

        @Override
        public XnioIoThread getWriteThread() {
            throw none();
        }

        @Override
        public void setWriteReadyHandler(WriteReadyHandler handler) {
            // it is ready
        }

        @Override
        public XnioWorker getWorker() {
            throw none();
        }
    }
}
