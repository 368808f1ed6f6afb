import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Gate } from '../../../src/platform/http/index.ts';
import { gate, tuneServer } from '../../../src/platform/http/index.ts';
import { bench } from './support.ts';

let door: Gate;
let server: Server;
let finish: () => void;
beforeEach(async () => {
  door = gate();
  server = tuneServer(createServer(door.listener)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Opens with an application that has a slow address besides. */
function serve(): void {
  const slow = new Promise<void>((resolve) => (finish = resolve));
  const { app } = bench({ mount: [(req, res, next) => (req.path === '/slow' ? void slow.then(() => res.send('done')) : next())] });
  door.open(app);
}

interface Told {
  readonly status: number | undefined;
  readonly connection: string | undefined;
  readonly text: string;
}

async function ask(path: string, agent?: Agent): Promise<Told> {
  const asked = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', path, ...(agent === undefined ? {} : { agent }) });
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const text = (await answer.setEncoding('utf8').toArray()).join('');
  return { status: answer.statusCode, connection: answer.headers.connection, text };
}

describe('before the service serves', () => {
  it('it lives, is not ready, and refuses everything else in words', async () => {
    expect(await ask('/health/live')).toMatchObject({ status: 200, text: '{"status":"live"}' });
    for (const path of ['/health/ready', '/metrics', '/api/v1/leases', '/health/live/', '/health/live?x']) {
      const { status, text } = await ask(path);
      expect([status, JSON.parse(text)]).toEqual([503, expect.objectContaining({ code: 'starting', detail: 'Program właśnie się uruchamia. Spróbuj za chwilę.' })]);
    }
    serve();
    expect((await ask('/health/ready')).status).toBe(200);
  });
});

describe('while the service stops', () => {
  it('what was begun is answered, what comes is refused, and the stop waits for the first alone', async () => {
    serve();
    const begun = ask('/slow');
    await pause(50);
    let stopped = false;
    const draining = door.drain(10_000).then(() => (stopped = true));
    const ready = await ask('/health/ready');
    expect([ready.status, ready.connection, (JSON.parse(ready.text) as { code: string }).code]).toEqual([503, 'close', 'stopping']);
    expect(await ask('/api/v1/leases')).toMatchObject({ status: 503, connection: 'close' });
    expect(await ask('/health/live')).toMatchObject({ status: 200 });
    await pause(50);
    expect(stopped).toBe(false);
    finish();
    expect(await begun).toEqual({ status: 200, connection: 'close', text: 'done' });
    await draining;
  });

  it('a connection that is kept takes no further request', async () => {
    serve();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await ask('/health/ready', agent)).toMatchObject({ status: 200, connection: 'keep-alive' });
    await door.drain(1_000);
    expect(await ask('/health/ready', agent)).toMatchObject({ status: 503, connection: 'close' });
    agent.destroy();
  });

  it('nobody is waited for longer than was allowed', async () => {
    serve();
    const begun = ask('/slow').catch(() => 'cut');
    await pause(50);
    const began = performance.now();
    await door.drain(100);
    expect(performance.now() - began).toBeLessThan(1_000);
    server.closeAllConnections();
    expect(await begun).toBe('cut');
  });

  it('nobody is waited for when nothing was begun, and whoever hung up is no longer running', async () => {
    serve();
    const gone = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', path: '/slow' }).on('error', () => undefined);
    await pause(50);
    gone.destroy();
    await pause(50);
    const began = performance.now();
    await door.drain(5_000);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
