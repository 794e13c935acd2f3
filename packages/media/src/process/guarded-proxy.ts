import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AddressRules } from '@millwright/kernel/addresses';
import { resolveHost } from '../address/resolve-host.ts';

/**
 * FFmpeg's only way to HTTP: a proxy in this very process that looks at every connection (redirects, playlists, keys and
 * segments alike), resolves the name itself, and connects to the address that it has checked.
 */
export class GuardedProxy {
  /** The first address that was refused. */
  refused: string | undefined;
  readonly #rules: AddressRules;
  readonly #server: Server;

  private constructor(rules: AddressRules) {
    this.#rules = rules;
    this.#server = createServer((incoming, response) => this.#forward(incoming, response));
    this.#server.on('connect', (incoming, socket, head) => this.#tunnel(incoming, socket, head));
  }

  /** Starts it, and points FFmpeg to it through the environment of this process. */
  static async start(rules: AddressRules): Promise<GuardedProxy> {
    const proxy = new GuardedProxy(rules);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.#server.address() as AddressInfo;
    process.env.http_proxy = `http://127.0.0.1:${port}`;
    delete process.env.no_proxy;
    return proxy;
  }

  async #addressOf(host: string): Promise<string | undefined> {
    const found = await resolveHost(host.replace(/^\[|\]$/g, ''), this.#rules);
    if (found.allowed) return found.address;
    this.refused ??= found.address;
    return undefined;
  }

  async #forward(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(incoming.url ?? '');
      const address = await this.#addressOf(url.hostname);
      if (!address) {
        response.writeHead(403).end();
        return;
      }
      const { 'proxy-connection': _, ...headers } = incoming.headers;
      const options = {
        host: address,
        port: url.port || 80,
        path: url.pathname + url.search,
        method: incoming.method,
        headers,
      };
      const outgoing = request(options, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => this.#unreachable(response, error));
      response.on('close', () => outgoing.destroy());
      incoming.pipe(outgoing);
    } catch (error) {
      this.#unreachable(response, error as NodeJS.ErrnoException);
    }
  }

  /** Why the last connection failed, in the system's words. */
  problem: string | undefined;
  #unreachable(response: ServerResponse, error: NodeJS.ErrnoException): void {
    this.problem ??= error.code ?? error.message;
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  }

  /** TLS: what is inside stays between FFmpeg and the camera. */
  async #tunnel(incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    try {
      const url = new URL(`http://${incoming.url}`);
      const address = await this.#addressOf(url.hostname);
      if (!address) {
        socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
        return;
      }
      const outgoing = connect(Number(url.port || 443), address, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        outgoing.write(head);
        outgoing.pipe(socket).pipe(outgoing);
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        this.problem ??= error.code ?? error.message;
        socket.destroy();
      });
      socket.on('close', () => outgoing.destroy());
    } catch (error) {
      this.problem ??= (error as NodeJS.ErrnoException).code ?? String(error);
      socket.destroy();
    }
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
