import java.lang.reflect.Field;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * Runs DynamoDB Local for this machine alone, at the port that {@code -Dport} names or for 0 at any that is free, and
 * says on a line of its own which it is. Its own main class listens on every interface, and takes no 0.
 * The compiled class lies beside this file, so that a Java runtime without a compiler is enough; after a change:
 * {@code npm run loopback --prefix localstack/aws/engine}.
 */
final class Loopback {
    public static void main(String[] arguments) throws Exception {
        DynamoDBProxyServer engine = ServerRunner.createServerFromCommandLineArgs(arguments);
        Field field = DynamoDBProxyServer.class.getDeclaredField("server");
        field.setAccessible(true);
        Connector[] connectors = ((Server) field.get(engine)).getConnectors();
        for (Connector connector : connectors) {
            ((ServerConnector) connector).setHost("127.0.0.1");
            ((ServerConnector) connector).setPort(Integer.getInteger("port"));
        }
        engine.safeStart();
        System.out.println("answers at port " + ((ServerConnector) connectors[0]).getLocalPort());
        engine.join();
    }
}
