/** Where the service listens. */
import type { Server } from 'node:http';
import { createServer as createDoor } from 'node:net';

/**
 * Listens on the addresses (null = all of this machine); gives the port. The first must be free; a further one, which a machine may lack,
 * leads to the same server. @throws Error `EADDRINUSE` and what else keeps a server from listening
 */
export async function listen(server: Server, { port, hosts }: { readonly port: number; readonly hosts: readonly string[] | null }): Promise<number> {
  const [host, ...others] = hosts ?? [];
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, resolve);
  });
  const address = server.address();
  const found = typeof address === 'object' && address !== null ? address.port : port;
  for (const other of others) {
    const door = createDoor((socket) => server.emit('connection', socket));
    door.on('error', () => undefined);
    door.listen({ port: found, host: other });
    server.once('close', () => door.close());
  }
  return found;
}
