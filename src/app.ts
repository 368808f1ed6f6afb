/** The list of slices. */
import type { Express } from 'express';
import type { Config } from './config.ts';
import { deskPages } from './desk/pages.ts';
import { accessRoutes } from './platform/access/routes.ts';
import { exchangePages } from './exchange/pages/index.ts';
import { exchangeRoutes } from './exchange/routes.ts';
import { personExportPages } from './leases/export-page.tsx';
import { leasesOfPerson } from './leases/of-person.ts';
import { personExportRoutes } from './leases/person-export.ts';
import { keepingOf } from './leases/retention.ts';
import { retentionPages } from './leases/retention-pages/index.ts';
import { retentionRoutes } from './leases/retention-routes.ts';
import { leasePages } from './leases/pages.tsx';
import { leaseRoutes } from './leases/routes.ts';
import { auditRoutes } from './platform/audit/routes.ts';
import { httpApp } from './platform/http/index.ts';
import type { RateLimits, Reached } from './platform/http/index.ts';
import type { Instance } from './platform/instance.ts';
import { createLog } from './platform/log.ts';
import { personsSeen } from './leases/sql.ts';
import { peselOfPerson } from './persons/store.ts';
import { personPages } from './persons/pages/index.ts';
import { personRoutes } from './persons/routes.ts';
import { operationRoutes } from './platform/operation-routes.ts';
import { databaseGauges, databaseProbe } from './platform/watch.ts';
import { rentPages } from './rents/pages/index.ts';
import { rentsOfLeases } from './rents/history.ts';
import { rentRoutes } from './rents/routes.ts';
import { useOfTariff } from './rents/tariff-use.ts';
import { valueRoutes } from './rents/value-routes.ts';
import { scenarioPages } from './scenarios/pages/index.ts';
import { stockPages } from './stock/pages.tsx';
import { stockRoutes } from './stock/routes.ts';
import { lawPages } from './tariffs/pages/index.ts';
import { lawRoutes } from './tariffs/routes.ts';
import { preferencesOf } from './web/preferences.ts';
import { pagesRouter } from './web/router.ts';
import { savedViewPages } from './web/saved-views/pages.tsx';
import { sendProblemPage } from './web/send.tsx';
import { bareView, viewOf } from './web/views.ts';

export const BASE = '/api/v1';

/** Every route there is. */
export const ROUTES = [...accessRoutes(peselOfPerson), ...personRoutes(personsSeen), ...personExportRoutes(rentsOfLeases), ...retentionRoutes, ...stockRoutes, ...valueRoutes, ...leaseRoutes, ...rentRoutes, ...lawRoutes, ...exchangeRoutes, ...operationRoutes, ...auditRoutes];

type AppConfig = Pick<Config, 'logLevel'> & Partial<Pick<Config, 'trustProxy' | 'metricsToken'>> & { readonly limits?: RateLimits | null };

const ROOMS = [...deskPages, ...stockPages, ...leasePages, ...rentPages, ...exchangePages, ...lawPages(useOfTariff), ...scenarioPages, ...personPages({ seen: personsSeen, leasesOf: leasesOfPerson, keepingOf }), ...personExportPages(rentsOfLeases), ...retentionPages];
/** Every page there is. */
export const PAGES = [...ROOMS, ...savedViewPages(ROOMS)];

export function createApp(instance: Instance, config: AppConfig, access: Reached): Express {
  return httpApp({
    instance, access, routes: ROUTES, base: BASE, log: createLog(config.logLevel),
    trustProxy: config.trustProxy ?? undefined,
    limits: config.limits,
    mount: [pagesRouter({ instance, identify: access.identify, pages: PAGES })],
    problemPage: (req, res, problem, requestId) => sendProblemPage(req, res, viewOf(req) ?? bareView(req, instance.clock.today()), problem, requestId),
    pageLanguage: (req) => preferencesOf(req).language,
    probe: databaseProbe(instance.db),
    metrics: { token: config.metricsToken, gauges: databaseGauges(instance.db) },
  });
}
