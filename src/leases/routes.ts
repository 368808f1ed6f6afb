/** Leases over HTTP. */
import { z } from 'zod';
import { plainDate } from '../platform/dates/schema.ts';
import { listRoute } from '../platform/http/index.ts';
import type { Route } from '../platform/http/index.ts';
import { dayOut } from '../platform/http/schemas.ts';
import { LEASE_SORTS, leaseFilter, listLeases } from './lists.ts';

export const leaseRoutes: readonly Route[] = [
  listRoute({
    path: '/leases', permission: 'lease.read', audit: null, tag: 'Umowy', summary: 'Umowy obowiązujące w dniu, z filtrami',
    query: leaseFilter.safeExtend({ day: plainDate.optional() }), sort: LEASE_SORTS,
    item: z.strictObject({
      lease: z.string(), dwelling: z.string(), kind: z.string(), covers: z.string(), basis: z.string().nullable(), from: dayOut, to: dayOut.nullable(),
      district: z.string().nullable(), street: z.string().nullable(), buildingNumber: z.string().nullable(), number: z.string().nullable(),
    }),
    handle: ({ ctx, query: { day, ...filter }, page }) => listLeases(ctx, day ?? ctx.clock.today(), filter, page),
  }),
];
