/** The list of slices. */
import type { Express } from 'express';
import { pino } from 'pino';
import type { Config } from './config.ts';
import { exchangeRoutes } from './exchange/routes.ts';
import { leaseRoutes } from './leases/routes.ts';
import { httpApp } from './platform/http/index.ts';
import type { Instance } from './platform/instance.ts';
import { operationRoutes } from './platform/operation-routes.ts';
import { rentRoutes } from './rents/routes.ts';
import { valueRoutes } from './rents/value-routes.ts';
import { stockRoutes } from './stock/routes.ts';
import { lawRoutes } from './tariffs/routes.ts';

export const BASE = '/api/v1';

/** Every route there is. */
export const ROUTES = [...stockRoutes, ...valueRoutes, ...leaseRoutes, ...rentRoutes, ...lawRoutes, ...exchangeRoutes, ...operationRoutes];

export function createApp(instance: Instance, config: Pick<Config, 'logLevel'>): Express {
  return httpApp({ instance, routes: ROUTES, base: BASE, log: pino({ level: config.logLevel }) });
}
