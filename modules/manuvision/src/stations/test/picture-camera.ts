import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PictureCamera {
  readonly url: string;
  /** From now on it shows this JPEG. */
  show(jpeg: Uint8Array): void;
  /** Ends all connections and takes no more; `back` undoes it. */
  lose(): void;
  back(): void;
  close(): Promise<void>;
}

/** A camera that sends JPEGs over HTTP (multipart/x-mixed-replace), 25 a second, to who signs in as `line` with this password. */
export async function startPictureCamera(password: string, first: Uint8Array): Promise<PictureCamera> {
  const watching = new Set<ServerResponse>();
  const expected = `Basic ${Buffer.from(`line:${password}`).toString('base64')}`;
  let shown = first;
  let isLost = false;
  const server = createServer((request, response) => {
    if (isLost) return response.destroy();
    if (request.headers.authorization !== expected)
      return response.writeHead(401, { 'www-authenticate': 'Basic realm="camera"' }).end();
    response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace;boundary=picture' });
    watching.add(response);
    response.on('close', () => watching.delete(response));
  });
  const timer = setInterval(() => {
    const head = `--picture\r\nContent-Type: image/jpeg\r\nContent-Length: ${shown.length}\r\n\r\n`;
    for (const response of watching) response.write(Buffer.concat([Buffer.from(head), shown, Buffer.from('\r\n')]));
  }, 40);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/live.mjpeg`,
    show: (jpeg) => {
      shown = jpeg;
    },
    lose: () => {
      isLost = true;
      for (const response of watching) response.destroy();
    },
    back: () => {
      isLost = false;
    },
    close: async () => {
      clearInterval(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
